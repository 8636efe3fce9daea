"""Keep nbgrader from grading this course with its own settings: it would run code unprotected."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import SaveCells

SEAL = "graded with the settings of the kit only"


class SealCells(SaveCells):  # type: ignore[misc]
    """Saves the course's cells with a checksum that no cell has.

    nbgrader's own autograde compares it with each locked cell of a submission, and gives up before
    it runs any code or believes any output. Our stage restores the cells from `source/` instead.
    """

    def _create_source_cell(self, cell: NotebookNode) -> None:
        super()._create_source_cell(cell)
        self.new_source_cells[cell.metadata.nbgrader["grade_id"]]["checksum"] = SEAL
