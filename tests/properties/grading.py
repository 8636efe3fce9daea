"""Run the checks of one exercise on any submission, with their own shapes or with others."""

from __future__ import annotations

import importlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

import numpy as np
import pytest

from datasets import load_digits
from grader.checking.course import all_parts, parts_to_write
from grader.checking.part_declaration import Check, Part
from grader.grading.submission_grader import SubmissionGrader
from grader.submissions.submission import Submission
from tests.properties.tables import Table

EXERCISES = sorted({part.exercise for part in parts_to_write()})


def parts_of(exercise: str) -> list[Part]:
    """Return the parts of an exercise."""
    return [part for part in all_parts() if part.exercise == exercise]


def complaints(parts: list[Part], submission: Submission, seed: int) -> Iterator[str]:
    """Yield the message of each check in which a submission loses marks."""
    for part in parts:
        for check in part.checks:
            message = _complaint(part, check, submission, seed)
            if message:
                yield f"{check.id}, seed {seed}: {message}"


def _complaint(part: Part, check: Check, submission: Submission, seed: int) -> str:
    run = SubmissionGrader(submission, seed, load_digits).start(check, part)
    state = np.random.get_state()
    try:
        with redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            run.call()
    except Exception as error:
        return f"{run.outcome(error)}"
    finally:
        np.random.set_state(state)
    return ""


@contextmanager
def with_table(exercise: str, table: Table) -> Iterator[None]:
    """Make the checks of an exercise use the shapes of another table."""
    module = importlib.import_module(f"grader.test_{exercise}")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in table.items():
            patch.setattr(module, name, value)
        yield
