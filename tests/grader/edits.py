"""Submissions that are the reference with one edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple


class Edit(NamedTuple):
    """An edit of the reference: its name, the part it changes, the old text and the new text."""

    name: str
    part: str
    old: str
    new: str


def parts_that_lose(grade: Any, copy: Path, edit: Edit) -> list[str]:
    """Make an edit in a copy of the reference, and return the parts of its exercise that lose marks."""
    exercise = edit.part.partition("/")[0]
    (path,) = copy.glob(f"{exercise}_*.py")
    text = path.read_text("utf-8")
    assert edit.old in text
    path.write_text(text.replace(edit.old, edit.new), "utf-8")
    parts = grade(copy, exercise)
    return [id for id, part in parts.items() if part["score"] < part["max_score"]]
