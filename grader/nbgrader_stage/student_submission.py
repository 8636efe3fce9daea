"""One student's submission: its notebooks, rebuilt, and the files to grade."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode

from grader.nbgrader_stage.notebook_merge import module_cells, rebuilt
from grader.nbgrader_stage.notebook_reader import CleanNotebook, read_notebook
from grader.nbgrader_stage.own_files import own_files
from grader.results import Location
from grader.submissions.notebook_to_module import in_cell, module_text


class StudentSubmission:
    """One submission.

    Parameters
    ----------
    folder : Path
        The submitted files.
    sources : mapping of str to NotebookNode
        The course's notebooks, by exercise name.
    """

    def __init__(self, folder: Path, sources: Mapping[str, NotebookNode]) -> None:
        self.folder = folder
        self._sources = sources
        self.problems: list[str] = []
        self._unreadable: dict[str, str] = {}
        self.notebooks = {name: self._notebook(name) for name in sources}
        self.cells = {name: module_cells(nb) for name, nb in self.notebooks.items()}

    def _notebook(self, name: str) -> NotebookNode:
        clean: CleanNotebook = read_notebook(self.folder / f"{name}.ipynb")
        self.problems += clean.problems
        if not clean.readable:
            self._unreadable[name] = clean.problems[0]
        return rebuilt(clean.notebook, self._sources[name], clean.problems)

    def files(self) -> dict[str, bytes]:
        """Return the notebooks as modules, and what else was handed in, by file name."""
        files, left_out = own_files(self.folder, self._sources.keys())
        if left_out:
            self.problems.append(
                f"files left out, which cannot be read, or are too large or too many: {left_out}"
            )
        for exercise, cells in self.cells.items():
            text = module_text(cells)
            if reason := self._unreadable.get(exercise):  # then its checks say so, too
                text = f"raise ImportError({reason!r})\n"
            files[f"{exercise}.py"] = text.encode()
        return files

    def in_cell(self, location: Location) -> Location:
        """Translate a line of a module into a line of the cell that it came from."""
        cells = self.cells.get(Path(location.file).stem)
        return location if cells is None else in_cell(location, cells)
