"""Find out, quickly and quietly, which part of a submission to work on next."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from datasets import load_mnist_or_digits
from grader.checking.check_run import CheckRun
from grader.checking.parts import Part
from grader.results import message
from grader.runtime.errors import ImportFailed
from grader.submissions.local_submission import LocalSubmission

SEED = 0
"""The numbers that `pytest grader` draws."""


class Obstacle(NamedTuple):
    """What keeps a submission from full marks.

    Attributes
    ----------
    part : Part
        The first that has not full marks.
    elsewhere : str
        What to do before its own code matters, if its file cannot be imported, or waits for another
        exercise; else empty.
    """

    part: Part
    elsewhere: str


def first_obstacle(parts: Sequence[Part], folder: Path) -> Obstacle | None:
    """Grade the parts in turn, up to the first check that fails.

    Parameters
    ----------
    parts : sequence of Part
    folder : Path
        The submission, as the user wrote it.
    """
    submission = LocalSubmission(folder)
    with _silence():
        for part in parts:
            for check in part.checks:
                run = CheckRun(check, part, submission, SEED, load_mnist_or_digits)
                error = _error(run)
                if error is not None:
                    return Obstacle(part, _elsewhere(run, error, folder))
    return None


def _error(run: CheckRun) -> BaseException | None:
    """Run a check, and return what ended it, if anything did."""
    try:
        run.call()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a submission may raise anything
        return error
    return None


def _elsewhere(run: CheckRun, error: BaseException, folder: Path) -> str:
    outcome = run.outcome(error)
    if isinstance(error, ImportFailed):
        return f"{message(outcome, None)}. That has to be mended first."
    if outcome.status == "blocked":
        return f"this {outcome.message}, at {folder / outcome.place}. Write that first."
    return ""


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the student's code from the screen and from the keyboard: nobody expects it to run."""
    keyboard = sys.stdin
    nowhere = Path(os.devnull)
    with nowhere.open() as nothing, nowhere.open("w", encoding="utf-8") as out:
        sys.stdin = nothing
        try:
            with redirect_stdout(out), redirect_stderr(out):
                yield
        finally:
            sys.stdin = keyboard
