"""The folder of one submission: see that all that must be there is, and grade it."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jupytext
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from datasets import Dataset, load_mnist_or_digits
from grader.checking.parts import Part, all_parts
from grader.common.atomic_write import write_whole
from grader.nbgrader_stage.notebook_merge import is_solution, module_cells, rebuilt
from grader.nbgrader_stage.notebook_reader import LARGEST, CleanNotebook, read_notebook
from grader.nbgrader_stage.workspace import Workspace
from grader.part_grading import grade_part
from grader.results import PartResult
from grader.submissions.notebook_to_module import in_cells, module_text
from grader.submissions.submission import Submission
from grader.views.difference_picture import png

MADE_FROM = "grader_made_from"
"""In the metadata of a notebook that was not handed in but made here: what from."""


class Report(NamedTuple):
    """What is told about a part: its record, what its code printed, and a picture in PNG or none."""

    result: PartResult
    printed: str
    picture: bytes


def complete(folder: Path, sources: Mapping[str, NotebookNode]) -> list[str]:
    """See that a submission has every notebook; say what was missing.

    A notebook that was not handed in is made: from a `.py` file of its name, or as one that says that
    nothing was handed in. Links and the like are taken away: they hold no work, and nbgrader would
    follow them.

    Parameters
    ----------
    folder : Path
        The submission; what is made is written there.
    sources : mapping of str to NotebookNode
        The course's notebooks, by the names of the exercises.
    """
    troubles = [f"{path.name} is a link, and was taken away." for path in _links(folder)]
    for path in _links(folder):
        path.unlink()
    unknown = sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix in {".ipynb", ".zip"} and path.stem not in sources
    )
    instead = f" (There is {', '.join(unknown)}, which no exercise is called.)" if unknown else ""
    missing = []
    for name, source in sources.items():
        notebook, script = folder / f"{name}.ipynb", folder / f"{name}.py"
        if notebook.exists() and not _was_made(notebook):
            continue
        made, reason = new_notebook(), ""
        if script.is_file():
            made, reason = _from_script(script)
            troubles += [reason] if reason else []
        elif any(map(is_solution, source.cells)):
            reason = f"{name} was not handed in.{instead}"
            missing.append(name)
        if reason:
            made.cells.insert(0, new_markdown_cell(reason))
        made.metadata[MADE_FROM] = script.name if script.is_file() else ""
        write_whole(nbformat.writes(made), notebook, 0o644)
    if missing:
        troubles.append(f"not handed in: {', '.join(missing)}.{instead}")
    return troubles


def _links(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_symlink() or not (p.is_file() or p.is_dir())]


def _was_made(path: Path) -> bool:
    try:
        return MADE_FROM in json.loads(path.read_bytes()).get("metadata", {})
    except (OSError, ValueError, AttributeError):
        return False


def _from_script(path: Path) -> tuple[NotebookNode, str]:
    try:
        if path.stat().st_size > LARGEST:
            return new_notebook(), f"{path.name} is too large."
        return jupytext.reads(path.read_text("utf-8-sig"), fmt="py:percent"), ""
    except (OSError, ValueError) as error:
        return new_notebook(), f"{path.name} cannot be read: {error}."


class StudentSubmission:
    """One submission, graded as a whole at the first question about it.

    Parameters
    ----------
    folder : Path
        What was handed in.
    sources : mapping of str to NotebookNode
        The course's notebooks, by the names of the exercises.
    """

    def __init__(self, folder: Path, sources: Mapping[str, NotebookNode]) -> None:
        self.folder = folder
        self._sources = sources
        self.troubles: list[str] = []
        self.notebooks = {name: self._notebook(name) for name in sources}
        self.cells = {name: module_cells(nb) for name, nb in self.notebooks.items()}

    def _notebook(self, name: str) -> NotebookNode:
        mended: CleanNotebook = read_notebook(self.folder / f"{name}.ipynb")
        self.troubles += mended.troubles
        return rebuilt(mended.notebook, self._sources[name], mended.troubles)

    def grade(self, workspace: Workspace, seed: int) -> dict[str, Report]:
        """Return what is told about every part, by its id.

        Parameters
        ----------
        workspace : Workspace
            Where the code runs.
        seed : int
            What the inputs of the checks are drawn from.
        """
        with workspace.holding(self.write_modules) as submission:
            return {part.id: self._grade(part, submission, seed) for part in all_parts()}

    def _grade(self, part: Part, submission: Submission, seed: int) -> Report:
        with redirect_stdout(io.StringIO()) as printed:
            result, difference = grade_part(part, submission, seed, digits)
        for check in result["checks"]:
            check["message"] = self._in_cells(check["message"])
        return Report(result, printed.getvalue(), png(difference))

    def _in_cells(self, text: str) -> str:
        for name, cells in self.cells.items():
            text = in_cells(text, f"{name}.py", cells)
        return text

    def write_modules(self, folder: Path) -> None:
        """Write the notebooks as modules, beside the submission's other files."""
        for path in self.folder.glob("*.py"):
            if path.is_file() and not path.is_symlink() and path.stem not in self._sources:
                shutil.copy(path, folder)
        for exercise, cells in self.cells.items():
            (folder / f"{exercise}.py").write_text(module_text(cells), "utf-8")


@cache
def digits() -> Dataset:
    """Return the images for the milestones; nothing is downloaded in the middle of a batch."""
    return load_mnist_or_digits(download=False)
