"""The table at the end: each exercise, what happened, the marks, and what to do next."""

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
from grader.results import CheckResult, PartResult, Results

COLOURS = {"passed": "green", "not_started": "dim", "blocked": "dim"}
WORDS = {
    "passed": "right",
    "failed": "wrong",
    "error": "error",
    "timeout": "too slow",
    "not_started": "not started",
    "blocked": "waits",
}


def render(results: Results, folder: Path, width: int, *, colour: bool) -> str:
    """Return the table as text.

    Parameters
    ----------
    results : Results
    folder : Path
        The submission, as the user wrote it: what to open starts with it.
    width : int
        Of the terminal, in characters.
    colour : bool
        Whether the terminal shows colours.
    """
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, padding=(0, 1), pad_edge=False)
    score = f"{results['score']}/{results['max_score']}"
    table.add_column("exercise", no_wrap=True, footer="together")
    table.add_column("what happened", overflow="fold", max_width=width // 4)
    table.add_column("marks", justify="right", no_wrap=True, footer=score)
    table.add_column("next", overflow="fold")
    for exercise, group in groupby(results["parts"], key=lambda part: part["id"].partition("/")[0]):
        parts = list(group)
        marks = f"{sum(p['score'] for p in parts)}/{sum(p['max_score'] for p in parts)}"
        table.add_row(exercise, _what_happened(parts), marks, _next(parts, folder))
    target = io.StringIO()
    console = Console(
        file=target, width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    console.print(table)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()).strip("\n")


def _what_happened(parts: Sequence[PartResult]) -> Text:
    """Say in a few words how the parts are; one word where they are all alike."""
    text = Text()
    for status, group in groupby(parts, key=lambda part: part["status"]):
        names = [part["id"].partition("/")[2] for part in group]
        which = "" if len(names) == len(parts) else f"{', '.join(names)} "
        text.append("; " if text else "")
        text.append(f"{which}{WORDS[status]}", COLOURS.get(status, "red"))
    return text


def _next(parts: Sequence[PartResult], folder: Path) -> Text:
    """Say what to do about the first part that is not right, and where."""
    for part in parts:
        for check in part["checks"]:
            if check["status"] == "passed":
                continue
            place = printable(f"{folder / check['place']} ") if check["place"] else ""
            if check["status"] in ("not_started", "blocked"):
                return Text(place + (check["message"] or f"write {part['title']}"))
            if check["status"] in ("error", "timeout") and "\n" not in check["message"]:
                return Text(place + _why_nothing_was_called(check))  # there is no line for a call
            return Text(f"{place}{part['title']}: {check['title']}")
    messages = [check["message"] for part in parts for check in part["checks"] if check["message"]]
    return Text("\n".join(dict.fromkeys(line for text in messages for line in text.splitlines())))


def _why_nothing_was_called(check: CheckResult) -> str:
    """Return the message about a file or a name that is not there, without saying the place again."""
    file, _, line = (check["place"] or "").rpartition(":")
    return check["message"].removeprefix(f"{file} ").replace(f"{file}, line {line}: ", "", 1)
