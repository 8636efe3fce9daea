"""Help with output to a terminal: its width, its encoding, and paths as the user would type them."""

from __future__ import annotations

import io
import os
import shutil
import textwrap
from pathlib import Path

MOST_PRINTED = 20
"""How many lines of what a failing check printed are shown."""
WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""


def replace_unknown_signs(stream: object) -> None:
    """Make a text stream write "?" for a character that its encoding lacks, instead of failing.

    On Windows, output that is redirected to a file has an encoding of some 200 characters.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def ruled(text: str, stream: object) -> str:
    """Draw the lines of a text with hyphens if the stream's encoding has no line characters."""
    try:
        "─".encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return text.replace("─", "-")
    return text


def last_lines(text: str) -> str:
    """Return the end of what code printed: its last lines belong to the call that failed."""
    lines = text.splitlines(keepends=True)
    if len(lines) <= MOST_PRINTED:
        return text
    return f"… {len(lines) - MOST_PRINTED} lines before these\n{''.join(lines[-MOST_PRINTED:])}"


def usual_submission() -> Path:
    """Return the default submission: `exercises` in the current folder, or else this course's own."""
    here, course = Path("exercises"), Path(__file__).resolve().parents[2] / "exercises"
    return from_here(course) if course.is_dir() and not here.is_dir() else here


def from_here(path: Path) -> Path:
    """Return a path relative to the current folder."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # on Windows, it may be on another drive
        return path


def wrapped(text: str) -> str:
    """Wrap the long lines of a text, except for code and tracebacks."""
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return "\n".join(_wrapped(line, width) for line in text.splitlines())


def _wrapped(line: str, width: int) -> str:
    if len(line) <= width or line.startswith((" ", "E ")):
        return line
    return textwrap.fill(line, max(width, 1), break_long_words=False, break_on_hyphens=False)
