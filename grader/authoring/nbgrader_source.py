"""Generate the nbgrader course in `course/source/ASSIGNMENT/`: one notebook for each exercise."""

from __future__ import annotations

from pathlib import Path

import nbformat

from grader.authoring.exercise_stubs import SourceError
from grader.authoring.notebooks import source_notebook
from grader.authoring.source_header import read_header
from grader.checking.course import all_parts

GIVEN = "layer.py"
"""The file that students get unchanged with the notebooks of every assignment."""


def course_files(root: Path) -> dict[Path, str]:
    """Return every file of the course's source, with its text.

    Parameters
    ----------
    root : Path
        The folder that contains `solutions/`. Each file's header there names its assignment.

    Raises
    ------
    SourceError
        If a part belongs to no notebook, or a notebook is invalid.
    """
    solutions = root / "solutions"
    texts: dict[Path, str] = {}
    left = {part.id for part in all_parts()}
    for path in exercise_sources(solutions):
        folder = root / "course" / "source" / read_header(path).assignment
        parts = [part for part in all_parts() if part.exercise == path.stem]
        left -= {part.id for part in parts}
        notebook = source_notebook(path, parts)
        texts[folder / GIVEN] = (solutions / GIVEN).read_text("utf-8")
        texts[folder / f"{path.stem}.ipynb"] = nbformat.writes(notebook) + "\n"
    if left:
        raise SourceError(f"{solutions} has no file for {', '.join(sorted(left))}.")
    return texts


def exercise_sources(solutions: Path) -> list[Path]:
    """Return the files of `solutions/` that become notebooks: all except `layer.py`."""
    return [path for path in sorted(solutions.glob("*.py")) if path.name != GIVEN]
