"""Say what a student does next: which line to open, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.common.printable import printable
from grader.results import CheckResult, PartResult, RaisedError, Results
from grader.status import UNWRITTEN, ErrorCode, Status

EXERCISE = "ex"
"""What the name of an exercise begins with; a milestone has no file of its own."""


def last_line(results: Results, folder: Path, width: int) -> str:
    """Return the next step of all as one line that begins with a file and a line number.

    Parameters
    ----------
    results : Results
    folder : Path
        The submission's folder, as the user typed it.
    width : int
        Of the terminal: the line is cut off, so that it is never wrapped. Only a path may be longer.

    Returns
    -------
    str
        Empty if nothing is left to do.
    """
    step = next_step(results.parts, results, folder)
    if len(step) <= width:
        return step
    shortest = len(step.partition(" ")[0])
    return f"{step[: max(width - 4, shortest)]} ..."


def next_step(parts: Sequence[PartResult], results: Results, folder: Path) -> str:
    """Say what to do about the first check in some parts that did not pass, and where.

    A milestone that fails points to the first exercise that is not right.

    Parameters
    ----------
    parts : sequence of PartResult
    results : Results
        All results, with those of the other exercises.
    folder : Path
        The submission's folder, as the user typed it.
    """
    for part, check in _not_passed(parts):
        if check.status is Status.FAILED and not part.id.startswith(EXERCISE):
            exercises = [other for other in results.parts if other.id.startswith(EXERCISE)]
            for cause, failed in _not_passed(exercises):
                return f"{_where(failed, folder)}{cause.title} is not right yet"
        return _where(check, folder) + _what_to_do(part, check)
    return ""


def _not_passed(parts: Sequence[PartResult]) -> Iterator[tuple[PartResult, CheckResult]]:
    for part in parts:
        for check in part.checks:
            if check.status is not Status.PASSED:
                yield part, check


def _where(check: CheckResult, folder: Path) -> str:
    """Return the file and line to open."""
    return printable(f"{folder / str(check.location)} ") if check.location else ""


def _what_to_do(part: PartResult, check: CheckResult) -> str:
    if check.status in UNWRITTEN:
        return check.what_happened() or f"write {part.title}"
    if check.status in (Status.ERROR, Status.TIMEOUT) and not check.call:
        return _without_location(check)  # more helpful than the check's title
    return f"{part.title}: {check.title}"


def _without_location(check: CheckResult) -> str:
    """Return what is wrong, without the location: the line begins with that."""
    file = check.location.file if check.location else ""
    detail = check.detail.removeprefix(f"{file} ")
    raised = _raised_words(check.error) if check.code is not ErrorCode.TIME_LIMIT else ""
    return ": ".join(text for text in (detail, raised) if text)


def _raised_words(error: RaisedError | None) -> str:
    return ": ".join(word for word in (error.kind, error.text) if word) if error else ""
