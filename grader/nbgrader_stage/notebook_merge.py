"""Put a student's cells back into the notebook that was released.

Students delete, duplicate, move and retype cells, and lose their metadata. What counts are their own
code, in its order, and the marked cells of the course.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from grader.authoring.notebooks import KERNEL, SETUP
from grader.submissions.notebook_to_module import Cell, is_marked


def rebuilt(own: NotebookNode, source: NotebookNode, problems: Iterable[str]) -> NotebookNode:
    """Return the notebook to be graded.

    Parameters
    ----------
    own : NotebookNode
        The student's.
    source : NotebookNode
        The course's, which says which cells there must be.
    problems : iterable of str
        What the student should know about what was handed in; it comes first.
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
        elif not is_marked(cell.source):
            cells.append(cell)
    missing = [copy.deepcopy(cell) for name, cell in known.items() if name not in seen]
    # What is given comes before what uses it, so that the notebook can be run from the top as well.
    cells = [cell for cell in missing if SETUP in cell.source] + cells
    cells += [cell for cell in missing if is_graded(cell)]
    cells = _marked_behind_what_they_mark(cells, source)
    if problems := list(problems):
        text = "\n".join(f"- {problem}" for problem in problems)
        cells.insert(0, new_markdown_cell(f"**About what was handed in**\n\n{text}"))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook = copy.deepcopy(own)
    notebook.cells = cells
    notebook.metadata = {"kernelspec": KERNEL}
    return notebook


def _marked_behind_what_they_mark(
    cells: Sequence[NotebookNode], source: NotebookNode
) -> list[NotebookNode]:
    """Return the cells in order, but no marked cell before those that it follows in the source."""
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
    """Return the names of the cells of the course, but those with marks, that a marked cell follows."""
    names = [_name(cell) for cell in source.cells]
    before = source.cells[: names.index(_name(marked))]
    return {_name(cell) for cell in before if not is_graded(cell)} - {""}


def _name(cell: NotebookNode) -> str:
    """Return what nbgrader calls a cell; nothing if it is none of the course's."""
    name: str = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    return name


def is_graded(cell: NotebookNode) -> bool:
    """Tell whether a cell has marks."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def is_solution(cell: NotebookNode) -> bool:
    """Tell whether a cell is for students to write in."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def module_cells(notebook: NotebookNode) -> list[Cell]:
    """Return the code of a rebuilt notebook that is the student's, numbered among all its code."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    numbered = [(number, cell) for number, cell in enumerate(code, start=1) if not is_graded(cell)]
    return [Cell(number, cell.source) for number, cell in numbered if SETUP not in cell.source]


def _as_released(cell: NotebookNode, model: NotebookNode) -> NotebookNode:
    """Return the course's cell; where it holds a solution, with what the student has written."""
    made = copy.deepcopy(model)
    if is_solution(model):
        made.source = cell.source
    return made
