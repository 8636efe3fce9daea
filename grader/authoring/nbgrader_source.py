"""Make the nbgrader course: `course/source/ASSIGNMENT/`, one notebook for each exercise."""

from __future__ import annotations

from pathlib import Path

import nbformat

from grader.authoring.exercises import SourceError
from grader.authoring.notebooks import source_notebook
from grader.authoring.source_header import read_header
from grader.checking.course import all_parts

GIVEN = "layer.py"
"""The file that students get as it is, beside the notebooks of every assignment."""


def course_files(root: Path) -> dict[Path, str]:
    """Return every file of the course's source, and its text.

    Parameters
    ----------
    root : Path
        The folder that `solutions/` is in. The header of each file there names its assignment.

    Raises
    ------
    SourceError
        If a part belongs to no notebook, or a notebook would not be valid.
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
        raise SourceError(f"No file in {solutions} belongs to {', '.join(sorted(left))}.")
    return texts


def exercise_sources(solutions: Path) -> list[Path]:
    """Return the files of `solutions/` that become notebooks: all but the one that is given."""
    return [path for path in sorted(solutions.glob("*.py")) if path.name != GIVEN]
