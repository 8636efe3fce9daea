"""Find the part of a submission to work on next, without printing anything."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import NamedTuple

from grader.api import Digits, Job, iter_checks
from grader.checking.course import parts_named
from grader.checking.part_declaration import Part
from grader.results import CheckResult
from grader.status import ErrorCode, Status


class FirstFailure(NamedTuple):
    """The first part without full marks.

    Attributes
    ----------
    part : Part
    elsewhere : str
        What to do first, if its file cannot be imported or needs another exercise; otherwise empty.
    """

    part: Part
    elsewhere: str


def first_failure(parts: Sequence[Part], folder: Path) -> FirstFailure | None:
    """Grade the parts in order, up to the first check that fails.

    Parameters
    ----------
    parts : sequence of Part
    folder : Path
        The submission's folder, as the user typed it.
    """
    job = Job(folder, tuple(part.id for part in parts), digits=Digits.DOWNLOAD)
    with _silence():
        for check in iter_checks(job):
            if check.status is not Status.PASSED:
                (part,) = parts_named([check.part])
                return FirstFailure(part, _elsewhere(check, folder))
    return None


def _elsewhere(check: CheckResult, folder: Path) -> str:
    if check.code is ErrorCode.IMPORT_FAILED:
        return f"{check.message()}. Fix that first."
    if check.status is Status.BLOCKED and check.location:
        return f"this {check.detail}, at {folder / str(check.location)}. Write that first."
    return ""


@contextmanager
def _silence() -> Iterator[None]:
    """Disable stderr and the keyboard: someone who asks for a hint does not expect code to run."""
    keyboard = sys.stdin
    nowhere = Path(os.devnull)
    with nowhere.open() as nothing, nowhere.open("w", encoding="utf-8") as out:
        sys.stdin = nothing
        try:
            with redirect_stderr(out):
                yield
        finally:
            sys.stdin = keyboard
