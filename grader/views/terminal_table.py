"""The table at the end of a run: for each exercise, what happened, the marks, and what to do next."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.common.printable import printable
from grader.results import CheckResult, PartResult, RaisedError, Results
from grader.status import UNWRITTEN, ErrorCode, Status

COLOURS = {Status.PASSED: "green", Status.NOT_STARTED: "dim", Status.BLOCKED: "dim"}
WORDS = {
    Status.PASSED: "right",
    Status.FAILED: "wrong",
    Status.ERROR: "error",
    Status.TIMEOUT: "too slow",
    Status.NOT_STARTED: "not started",
    Status.BLOCKED: "waits",
}


def render(results: Results, folder: Path, width: int, *, colour: bool) -> str:
    """Return the table as text.

    Parameters
    ----------
    results : Results
    folder : Path
        The submission's folder, as the user typed it; paths in the table start with it.
    width : int
        The width of the terminal in characters.
    colour : bool
        Whether the terminal shows colours.
    """
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, padding=(0, 1), pad_edge=False)
    score = f"{results.score}/{results.max_score}"
    table.add_column("exercise", no_wrap=True, footer="total")
    table.add_column("what happened", overflow="fold", max_width=width // 4)
    table.add_column("marks", justify="right", no_wrap=True, footer=score)
    table.add_column("next", overflow="fold")
    for exercise, group in groupby(results.parts, key=lambda part: part.id.partition("/")[0]):
        parts = list(group)
        marks = f"{sum(p.score for p in parts)}/{sum(p.max_score for p in parts)}"
        table.add_row(exercise, _what_happened(parts), marks, _next(parts, folder))
    target = io.StringIO()
    console = Console(
        file=target, width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    console.print(table)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()).strip("\n")


def _what_happened(parts: Sequence[PartResult]) -> Text:
    """Return the status of each part in a few words; a single word if all have the same."""
    text = Text()
    for status, group in groupby(parts, key=lambda part: part.status):
        names = [part.id.partition("/")[2] for part in group]
        which = "" if len(names) == len(parts) else f"{', '.join(names)} "
        text.append("; " if text else "")
        text.append(f"{which}{WORDS[status]}", COLOURS.get(status, "red"))
    return text


def _next(parts: Sequence[PartResult], folder: Path) -> Text:
    """Say what to do about the first check that did not pass, and where."""
    for part in parts:
        for check in part.checks:
            if check.status is not Status.PASSED:
                return Text(_where(check, folder) + _what_to_do(part, check))
    messages = [check.detail for part in parts for check in part.checks if check.detail]
    return Text("\n".join(dict.fromkeys(line for text in messages for line in text.splitlines())))


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
    """Return what is wrong, without the location: the table shows that before it."""
    file = check.location.file if check.location else ""
    detail = check.detail.removeprefix(f"{file} ")
    raised = _raised_words(check.error) if check.code is not ErrorCode.TIME_LIMIT else ""
    return ": ".join(text for text in (detail, raised) if text)


def _raised_words(error: RaisedError | None) -> str:
    return ": ".join(word for word in (error.kind, error.text) if word) if error else ""
