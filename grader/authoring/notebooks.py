"""Generate nbgrader's source notebooks from `solutions/`, with a marked cell for each part."""

from __future__ import annotations

import ast
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.nbgraderformat import SCHEMA_VERSION, MetadataValidator

from grader.authoring.exercise_stubs import BEGIN, SourceError, read_source, without_hints
from grader.authoring.pictures import FOLDER, IMAGE
from grader.checking.part_declaration import Part

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
SETUP = "from grader.notebook import grade"
SETUP_TEXT = f"{SETUP}  # this also lets the notebooks in this folder import each other"


def source_notebook(path: Path, parts: Sequence[Part], pictures: Path) -> NotebookNode:
    """Return the notebook of one file of `solutions/`, with its solutions and marked cells.

    Parameters
    ----------
    path : Path
        A percent file.
    parts : sequence of Part
        The parts of this exercise. Each marked cell follows the cells that define what it grades,
        or comes last.
    pictures : Path
        The folder with the pictures of the texts.

    Raises
    ------
    SourceError
        If nbgrader would not accept the notebook.
    """
    notebook = without_hints(read_source(path))
    cells = [given("setup", new_code_cell(SETUP_TEXT))]
    waiting = list(parts)
    defined: set[str] = set()
    solutions = 0
    for cell in notebook.cells:
        cells.append(cell)
        if cell.cell_type != "code":
            attach(cell, pictures)
            continue
        if BEGIN in cell.source:
            solutions += 1
            _mark(cell, f"{path.stem}-solution-{solutions}", solution=True)
        defined |= _defined(cell.source)
        for part in [part for part in waiting if _names(part) <= defined]:
            waiting.remove(part)
            cells += marked_cells(part)
    for part in waiting:
        cells += marked_cells(part)
    for number, cell in enumerate(cells):
        cell.id = f"{path.stem}-{number}"[:64]
    made: NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    try:
        nbformat.validate(made)
        MetadataValidator().validate_nb(made)
    except Exception as error:  # each validator has its own exceptions
        raise SourceError(f"{path}: the notebook made from it is invalid: {error}") from error
    return made


def marked_cells(part: Part) -> list[NotebookNode]:
    """Return a line of text and the cell that grades a part."""
    text = f"**{part.id}**: {part.title}, {part.marks} marks."
    grade = new_code_cell(f'grade("{part.id}")')
    _mark(grade, grade_id(part), points=part.marks)
    return [new_markdown_cell(text), grade]


def attach(cell: NotebookNode, pictures: Path) -> None:
    """Put the pictures that a cell shows into the cell: a notebook travels without its folder."""
    shown = [image for _, image in IMAGE.findall(cell.source)]
    for image in shown:
        name = image.replace("/", "-")
        cell.source = cell.source.replace(f"({FOLDER}/{image})", f"(attachment:{name})")
        content = b64encode((pictures / image).read_bytes()).decode()
        cell.setdefault("attachments", {})[name] = {"image/png": content}


def grade_id(part: Part) -> str:
    """Return nbgrader's id of the cell that grades a part, such as "ex02-backward"."""
    return part.id.replace("/", "-")


def given(name: str, cell: NotebookNode) -> NotebookNode:
    """Lock a cell, so that students cannot change it."""
    _mark(cell, name)
    return cell


def _mark(
    cell: NotebookNode, name: str, *, solution: bool = False, points: int | None = None
) -> None:
    """Set a cell's nbgrader metadata."""
    metadata = {
        "grade": points is not None,
        "grade_id": name,
        "locked": not solution,
        "schema_version": int(SCHEMA_VERSION),
        "solution": solution,
        "task": False,
    }
    if points is not None:
        metadata["points"] = points
    cell.metadata = {"nbgrader": metadata}
    if not solution:
        cell.metadata |= {"deletable": False, "editable": False}


def _names(part: Part) -> set[str]:
    """Return the names that must be defined before a part can be graded."""
    return {part.target.partition(".")[0], *part.declaration.uses}


def _defined(source: str) -> set[str]:
    """Return the names of the functions and classes that a cell defines."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in ast.parse(source).body if isinstance(node, kinds)}
