"""Make the nbgrader course: `course/source/core/`, one notebook for each exercise."""

from __future__ import annotations

from pathlib import Path

import nbformat

from grader.authoring.exercises import SourceError
from grader.authoring.notebooks import source_notebook
from grader.checking.parts import all_parts

ASSIGNMENT = "core"
GIVEN = "layer.py"


def course_files(root: Path) -> dict[Path, str]:
    """Return every file of the course's source, and its text.

    Parameters
    ----------
    root : Path
        The folder that `solutions/` is in.

    Raises
    ------
    SourceError
        If a part belongs to no notebook, or a notebook would not be valid.
    """
    folder = root / "course" / "source" / ASSIGNMENT
    solutions = root / "solutions"
    texts = {folder / GIVEN: (solutions / GIVEN).read_text("utf-8")}
    left = {part.id for part in all_parts()}
    for path in sorted(solutions.glob("*.py")):
        parts = [part for part in all_parts() if part.exercise == path.stem]
        if path.name == GIVEN:
            continue
        left -= {part.id for part in parts}
        notebook = source_notebook(path, parts)
        texts[folder / f"{path.stem}.ipynb"] = nbformat.writes(notebook) + "\n"
    if left:
        raise SourceError(f"No file in {solutions} belongs to {', '.join(sorted(left))}.")
    return texts
