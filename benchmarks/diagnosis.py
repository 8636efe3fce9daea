"""Measure how long it takes to name mistakes, if everything is right and if every part is wrong.

    python benchmarks/diagnosis.py [RUNS]

The wrong submissions are the reference with one misconception in each part. Imports and start-up are
not counted. Checks and diagnosis are timed alternately, in seconds of processor time.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from datasets import load_digits
from grader.checking.course import parts_to_write
from grader.checking.part_declaration import Part
from grader.grading.submission_grader import SubmissionGrader
from grader.misconceptions import misconceptions_of
from grader.misconceptions.matching import diagnose
from grader.misconceptions.reference_submission import ReferenceSubmission

PARTS = parts_to_write()


def grade(part: Part, variant: ReferenceSubmission) -> tuple[float, float, int]:
    """Return the seconds for the checks, the seconds for the diagnosis, and how many checks failed."""
    checking = naming = 0.0
    failed = 0
    grader = SubmissionGrader(variant, 0, load_digits)
    for check in part.checks:
        run = grader.start(check, part)
        start = time.process_time()
        try:
            run.call()
        except Exception as error:
            checking += time.process_time() - start
            start = time.process_time()
            diagnose(run, run.outcome(error))
            naming += time.process_time() - start
            failed += 1
        else:
            checking += time.process_time() - start
    return checking, naming, failed


def right(_part: Part) -> None:
    """Return no replacement: the part stays right."""


def last_known(part: Part) -> Callable[..., Any]:
    """Return the part's misconception that is tried last."""
    return misconceptions_of(part.id)[-1].function


def unknown(_part: Part) -> Callable[..., Any]:
    """Return a wrong function that matches no misconception, so that all of them are tried."""
    return lambda *_args, **_kwargs: 0.123456


def main(runs: int) -> None:
    """Print the medians of several runs."""
    for name, wrong in (
        ("everything right", right),
        ("every part wrong, in a known way", last_known),
        ("every part wrong, in an unknown way", unknown),
    ):
        measured = []
        for _ in range(runs):
            each = [grade(part, ReferenceSubmission(part, wrong(part))) for part in PARTS]
            measured.append([sum(column) for column in zip(*each, strict=True)])
        checking, naming, failed = (statistics.median(c) for c in zip(*measured, strict=True))
        print(f"{name}: {failed:.0f} checks fail; checks {checking:.2f} s, names {naming:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
