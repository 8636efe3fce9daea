"""What is shown in a terminal: its width, the signs of its encoding, and paths as one types them."""

from __future__ import annotations

import io
import os
import shutil
import textwrap
from pathlib import Path

WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""


def replace_unknown_signs(stream: object) -> None:
    """Let a text stream write "?" for a sign that its encoding lacks, in place of an error.

    Windows gives a program whose output goes to a file an encoding of some 200 signs.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def ruled(text: str, stream: object) -> str:
    """Return a text with rules of hyphens if the stream's encoding has no signs to draw lines."""
    try:
        "─".encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return text.replace("─", "-")
    return text


def usual_submission() -> Path:
    """Return the folder to grade if none is named: `exercises` here, or else the one of this course."""
    here, course = Path("exercises"), Path(__file__).resolve().parents[2] / "exercises"
    return from_here(course) if course.is_dir() and not here.is_dir() else here


def from_here(path: Path) -> Path:
    """Return a path as one would write it in the current folder."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # on Windows, it may be on another drive
        return path


def wrapped(text: str) -> str:
    """Return a text with its long lines broken, but for those of code and of tracebacks."""
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return "\n".join(_wrapped(line, width) for line in text.splitlines())


def _wrapped(line: str, width: int) -> str:
    if len(line) <= width or line.startswith((" ", "E ")):
        return line
    return textwrap.fill(line, max(width, 1), break_long_words=False, break_on_hyphens=False)
