"""Collect what a submission brings besides its exercises: helper modules, packages and data."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from grader.nbgrader_stage.notebook_reader import content_of

MAX_BYTES, MAX_FILES, LONGEST = 50_000_000, 500, 200
"""The limits for these files: their bytes in all, their number, and the length of a path."""
OF_NBGRADER = {"timestamp.txt", "submission_secret.txt"}
NO_DATA = {".ipynb", ".zip", ".pyc"}
FOLDERS = {"__pycache__", "feedback"}
"""Folders that nbgrader and Python make."""


def own_files(folder: Path, exercises: Collection[str]) -> tuple[dict[str, bytes], int]:
    """Return the files by their paths, and how many were left out.

    Links are left out, and what cannot be read or goes beyond the limits.

    Parameters
    ----------
    folder : Path
        The submission.
    exercises : collection of str
        The names of the modules that are made from its notebooks.
    """
    found: dict[str, bytes] = {}
    left, left_out = MAX_BYTES, 0
    for path in _paths(folder):
        name = path.relative_to(folder)
        if name.parts[0].removesuffix(".py") in exercises:
            continue
        try:
            content = content_of(path) if path.stat().st_size else b""
        except (OSError, ValueError):  # a link, no regular file, too large, or not readable
            left_out += 1
            continue
        if len(content) > left or len(found) == MAX_FILES or len(str(name)) > LONGEST:
            left_out += 1
            continue
        left -= len(content)
        found[str(name)] = content
    return found, left_out


def _paths(folder: Path) -> Iterator[Path]:
    """Yield the files that may matter, modules first."""
    paths = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in FOLDERS and not name.startswith(".")]
        paths += [Path(parent) / name for name in names if not name.startswith(".")]
    wanted = (path for path in paths if path.name not in OF_NBGRADER)
    yield from sorted(
        (path for path in wanted if path.suffix.lower() not in NO_DATA),
        key=lambda path: (path.suffix != ".py", len(path.parts), path),
    )
