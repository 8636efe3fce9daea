"""The table at the end of a run: for each exercise, what happened, the marks, and what to do next."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.results import PartResult, Results
from grader.status import Status
from grader.views.next_step import next_step

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
    narrow = width // 4
    table.add_column("what happened", overflow="fold", max_width=narrow)
    table.add_column("marks", justify="right", no_wrap=True, footer=score)
    table.add_column("next", overflow="fold")
    for exercise, group in groupby(results.parts, key=lambda part: part.id.partition("/")[0]):
        parts = list(group)
        marks = f"{sum(p.score for p in parts)}/{sum(p.max_score for p in parts)}"
        happened = _what_happened(parts, narrow)
        table.add_row(exercise, happened, marks, Text(_next(parts, results, folder)))
    target = io.StringIO()
    console = Console(
        file=target, width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    console.print(table)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()).strip("\n")


def _next(parts: Sequence[PartResult], results: Results, folder: Path) -> str:
    """Return what to do next in an exercise; if all is right, what its checks remarked."""
    if step := next_step(parts, results, folder):
        return step
    messages = [check.detail for part in parts for check in part.checks if check.detail]
    return "\n".join(dict.fromkeys(line for text in messages for line in text.splitlines()))


def _what_happened(parts: Sequence[PartResult], width: int) -> Text:
    """Return the status of each part in a few words; a single word if all have the same."""
    text = Text()
    for status, group in groupby(parts, key=lambda part: part.status):
        # With a comma or a word after it, a name must leave some room.
        names = [_parted(part.id.partition("/")[2], width) for part in group]
        which = "" if len(names) == len(parts) else f"{', '.join(names)} "
        text.append("; " if text else "")
        text.append(f"{which}{WORDS[status]}", COLOURS.get(status, "red"))
    return text


def _parted(name: str, width: int) -> str:
    """Return a name that is too long for a column in pieces, each ending with an underscore."""
    pieces = [""]
    for word in re.findall(r"[^_]*_|[^_]+", name):
        if pieces[-1] and len(pieces[-1] + word) >= width:
            pieces.append("")
        pieces[-1] += word
    return " ".join(pieces)
