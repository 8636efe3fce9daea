"""Turn a notebook into a module: its code cells in order, each of which may fail on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from grader.results import Location
from grader.runtime.run_notebook_cells import HEAD
from grader.submissions.cell_magic import plain_python


class Cell(NamedTuple):
    """A code cell: its number among the notebook's code cells, from 1, and its text."""

    number: int
    source: str


def module_text(cells: Sequence[Cell]) -> str:
    """Return the text of a module with these cells.

    Its first line says where each cell begins, so that they can run as in a kernel: after a cell that
    fails, the next one still runs.
    """
    starts, line = [], 2
    for cell in cells:
        starts.append(line)
        line += _lines(cell)
    texts = [plain_python(cell.source) for cell in cells]
    return "\n".join([f"{HEAD} {' '.join(map(str, starts))}", *texts]) + "\n"


def in_cell(location: Location, cells: Sequence[Cell]) -> Location:
    """Convert a location in the module with these cells to one in a cell of the notebook."""
    number, line = _cell_and_line(cells, location.line)
    return Location(Path(location.file).with_suffix(".ipynb").name, line, number)


def is_grade_call(source: str) -> bool:
    """Return whether a cell's code is only a call of `grade`."""
    return re.fullmatch(r'\s*grade\("[\w/]+"\)\s*', source) is not None


def _lines(cell: Cell) -> int:
    return cell.source.count("\n") + 1


def _cell_and_line(cells: Sequence[Cell], line: int) -> tuple[int, int]:
    """Return the number of the cell that contains a line of the module, and the line in it."""
    start = 2
    for cell in cells:
        if line < start + _lines(cell):
            return cell.number, line - start + 1
        start += _lines(cell)
    return (cells[-1].number if cells else 1), 1
