"""Merge a student's cells into the notebook that was released.

Students delete, duplicate, move and retype cells, and lose their metadata. What counts is their own
code, in its order, and the course's marked cells.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from grader.authoring.notebooks import KERNEL, SETUP
from grader.submissions.notebook_to_module import Cell, is_grade_call


def rebuilt(own: NotebookNode, source: NotebookNode, problems: Iterable[str]) -> NotebookNode:
    """Return the notebook to be graded.

    Parameters
    ----------
    own : NotebookNode
        The student's notebook.
    source : NotebookNode
        The course's notebook, which defines the cells that there must be.
    problems : iterable of str
        What the student should know about the submission. It becomes the first cell.
    """
    marked = [cell for cell in source.cells if "nbgrader" in cell.metadata]
    known = {cell.metadata.nbgrader.grade_id: cell for cell in marked}
    cells, seen = [], set()
    for cell in own.cells:
        name = cell.metadata.pop("nbgrader", {}).get("grade_id")
        model = known.get(name) if name not in seen else None
        if model is not None:
            seen.add(name)
            cells.append(_as_released(cell, model))
        elif not is_grade_call(cell.source):
            cells.append(cell)
    missing = [copy.deepcopy(cell) for name, cell in known.items() if name not in seen]
    # The setup cell comes first, so that the notebook can also be run from the top.
    cells = [cell for cell in missing if SETUP in cell.source] + cells
    cells += [cell for cell in missing if is_graded(cell)]
    cells = _marked_cells_after_their_code(cells, source)
    if problems := list(problems):
        text = "\n".join(f"- {problem}" for problem in problems)
        cells.insert(0, new_markdown_cell(f"**About your submission**\n\n{text}"))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook = copy.deepcopy(own)
    notebook.cells = cells
    notebook.metadata = {"kernelspec": KERNEL}
    return notebook


def _marked_cells_after_their_code(
    cells: Sequence[NotebookNode], source: NotebookNode
) -> list[NotebookNode]:
    """Move each marked cell after the cells that it follows in the source; keep the other order."""
    present = {_name(cell) for cell in cells}
    ordered: list[NotebookNode] = []
    waiting: list[NotebookNode] = []
    seen: set[str] = set()
    for cell in cells:
        (waiting if is_graded(cell) else ordered).append(cell)
        seen |= set() if is_graded(cell) else {_name(cell)}
        ready = [one for one in waiting if _followed(one, source) & present <= seen]
        waiting = [one for one in waiting if one not in ready]
        ordered += ready
    return ordered


def _followed(marked: NotebookNode, source: NotebookNode) -> set[str]:
    """Return the names of the unmarked course cells that a marked cell follows."""
    names = [_name(cell) for cell in source.cells]
    before = source.cells[: names.index(_name(marked))]
    return {_name(cell) for cell in before if not is_graded(cell)} - {""}


def _name(cell: NotebookNode) -> str:
    """Return nbgrader's id of a cell; empty if it is not one of the course's."""
    name: str = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    return name


def is_graded(cell: NotebookNode) -> bool:
    """Return whether a cell carries marks."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def is_solution(cell: NotebookNode) -> bool:
    """Return whether students write their solution in this cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def module_cells(notebook: NotebookNode) -> list[Cell]:
    """Return the student's code cells of a rebuilt notebook, numbered among all its code cells."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    numbered = [(number, cell) for number, cell in enumerate(code, start=1) if not is_graded(cell)]
    return [Cell(number, cell.source) for number, cell in numbered if SETUP not in cell.source]


def _as_released(cell: NotebookNode, model: NotebookNode) -> NotebookNode:
    """Return the course's cell; if it is a solution cell, with the student's code."""
    made = copy.deepcopy(model)
    if is_solution(model):
        made.source = cell.source
    return made
