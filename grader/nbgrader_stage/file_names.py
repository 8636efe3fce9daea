"""Mend names of files that nbgrader cannot handle, and times that it cannot read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from nbgrader.utils import parse_utc

UNREADABLE = "unreadable timestamp.txt"


def mend_names(folder: Path, exercises: Iterable[str]) -> list[str]:
    """Rename files of a submission; return what an instructor should know.

    Parameters
    ----------
    folder : Path
        The submission.
    exercises : iterable of str
        The names that notebooks and scripts should have.

    Raises
    ------
    OSError
        If a file cannot be renamed.
    """
    problems = [_in_utf_8(path) for path in _misnamed(folder)]
    known = {path.name for path in folder.iterdir()}
    for name in exercises:
        for wanted in (f"{name}.ipynb", f"{name}.py"):
            same = sorted(found for found in known if found.lower() == wanted.lower())
            if same and wanted not in known:
                (folder / same[0]).rename(folder / wanted)
    return problems + _timestamp(folder)


def _misnamed(folder: Path) -> list[Path]:
    """Return the paths whose names are not UTF-8, those in folders first."""
    return [path for path in sorted(folder.rglob("*"), reverse=True) if not _is_utf_8(path.name)]


def _is_utf_8(name: str) -> bool:
    """Return whether a name can be written in UTF-8; Linux allows any bytes."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _in_utf_8(path: Path) -> str:
    base = os.fsencode(path.name).decode("utf-8", "replace")
    new, number = path.with_name(base), 1
    while new.exists():
        number += 1
        new = path.with_name(f"{number} {base}")
    path.rename(new)
    return f"the name of {new.name} was not in UTF-8; it was changed"


def _timestamp(folder: Path) -> list[str]:
    """Put a timestamp.txt aside that is no time: nbgrader would not grade the submission."""
    path = folder / "timestamp.txt"
    if not path.exists():
        return []
    try:
        text = path.read_text("utf-8").strip()
        if text:
            parse_utc(text)
    except Exception as error:  # dateutil raises all kinds
        path.rename(path.with_name(UNREADABLE))
        reason = type(error).__name__
        return [f"timestamp.txt is not a time ({reason}), so it counts as not late: {UNREADABLE}"]
    return []
