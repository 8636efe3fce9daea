"""A part's result as text, shown below a notebook cell."""

from __future__ import annotations

import textwrap

from grader.results import PartResult
from grader.status import Status

WIDTH = 100
SIGNS = {Status.PASSED: "✓", Status.NOT_STARTED: "·", Status.BLOCKED: "·"}
WORDS = {Status.NOT_STARTED: "not written yet", Status.BLOCKED: "waits for another exercise"}


def part_text(part: PartResult) -> str:
    """Return the report on one part: each check, and what is wrong."""
    lines = [f"{part.id}, {part.title}: {part.score} of {part.max_score} marks"]
    for check in part.checks:
        sign = SIGNS.get(check.status, "✗")
        lines.append(f"{sign} {check.marks}/{check.max_marks}  {check.title}")
        message = check.message() or WORDS.get(check.status, "")
        for line in message.splitlines():
            lines += textwrap.wrap(
                line,
                WIDTH,
                initial_indent=" " * 7,
                subsequent_indent=" " * 7,
                replace_whitespace=False,
                drop_whitespace=not line.startswith(" "),
            )
    return "\n".join(lines) + "\n"
