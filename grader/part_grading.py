"""Grade one part wherever its code runs: for a notebook's cell, and in a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from datasets import Dataset
from grader.checking.assertions import Difference
from grader.checking.check_run import CheckRun
from grader.checking.parts import Part
from grader.misconceptions.matching import diagnose
from grader.results import PartResult, check_result, part_result
from grader.submissions.submission import Submission


class GradedPart(NamedTuple):
    """The record of a part, and the first difference between arrays, if that is what is wrong."""

    result: PartResult
    difference: Difference | None


def grade_part(
    part: Part, submission: Submission, seed: int, load_digits: Callable[[], Dataset]
) -> GradedPart:
    """Run the checks of a part, and name the mistakes.

    Parameters
    ----------
    part : Part
    submission : Submission
    seed : int
        What the inputs of the checks are drawn from.
    load_digits : callable
        Returns the images that milestones learn from.
    """
    done, differences = {}, []
    for check in part.checks:
        run = CheckRun(check, part, submission, seed, load_digits)
        outcome = run.judge()
        done[check.id] = check_result(check, outcome, diagnose(run, outcome))
        differences.append(outcome.difference)
    return GradedPart(part_result(part, done), next(filter(None, differences), None))
