"""Submissions that are the reference but for one edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple


class Edit(NamedTuple):
    """A name, the part that it is about, and what to put in place of what."""

    name: str
    part: str
    old: str
    new: str


def parts_that_lose(grade: Any, copy: Path, edit: Edit) -> list[str]:
    """Make an edit in a copy of the reference; return the parts of its exercise that lose marks."""
    exercise = edit.part.partition("/")[0]
    (path,) = copy.glob(f"{exercise}_*.py")
    text = path.read_text("utf-8")
    assert edit.old in text
    path.write_text(text.replace(edit.old, edit.new), "utf-8")
    parts = grade(copy, exercise)
    return [id for id, part in parts.items() if part["score"] < part["max_score"]]
