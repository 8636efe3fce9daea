"""Read a student's notebook, whatever state it is in."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

LARGEST = 30_000_000
"""The size limit of a notebook in bytes. Only pictures in outputs make a notebook this large."""
MOST_CELLS, MOST_TEXT = 2000, 2_000_000
"""The limits of what is read of a notebook: its cells, and the characters in them."""
MAKERS: dict[str, Callable[..., NotebookNode]] = {
    "code": new_code_cell,
    "markdown": new_markdown_cell,
    "raw": new_markdown_cell,  # nbconvert would write it into a page as HTML
}
SURROGATE = re.compile("[\ud800-\udfff]")
PICTURES = {"image/png", "image/jpeg", "image/gif"}
"""Picture types that are kept in text cells. SVG is not among them: it can contain scripts."""
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")


class CleanNotebook(NamedTuple):
    """A notebook reduced to its cells' sources, pictures in text cells, and nbgrader's ids.

    Attributes
    ----------
    notebook : NotebookNode
    problems : list of str
        What was wrong with the file, as sentences.
    readable : bool
        Whether there was a notebook at all; if not, the only problem says why.
    """

    notebook: NotebookNode
    problems: list[str]
    readable: bool = True


def read_notebook(path: Path) -> CleanNotebook:
    """Read as much of a file as possible; return an empty notebook if it is unreadable."""
    try:
        return _cells_of(document_of(content_of(path)))
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problem = f"{path.name} cannot be read as a notebook: {reason}."
        return CleanNotebook(_notebook([]), [problem], readable=False)


def content_of(path: Path) -> bytes:
    """Return what a file holds, without following links or waiting for pipes.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is too large, or empty, or no regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("it is not a regular file")
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1_000_000} MB")
    if not content.strip():
        raise ValueError("it is empty")
    return content


def document_of(content: bytes) -> dict[str, Any]:
    """Return the JSON that a notebook's file holds.

    Raises
    ------
    ValueError
        If it is not the JSON of a notebook.
    RecursionError
        If it is nested too deeply.
    """
    try:
        text = content.decode(json.detect_encoding(content), "surrogatepass")
        document = json.loads(text.removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise ValueError("it is not text in UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"its JSON is broken at line {error.lineno}") from None
    if not isinstance(document, dict):
        raise ValueError("it is JSON, but not a notebook")
    return document


def _cells_of(document: dict[str, Any]) -> CleanNotebook:
    cells = document.get("cells")
    if cells is None and isinstance(document.get("worksheets"), list):  # nbformat 3 and older
        sheets = [sheet for sheet in document["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in sheet.get("cells") or []]
    if not isinstance(cells, list):
        raise ValueError("it is JSON, but not a notebook")
    if len(cells) > MOST_CELLS:
        raise ValueError(f"it has more than {MOST_CELLS:,} cells")
    made, broken = [], 0
    for cell in cells:
        try:
            made.append(_cell(cell))
        except ValueError:
            broken += 1
    if sum(len(cell.source) for cell in made) > MOST_TEXT:
        raise ValueError(f"its cells contain more than {MOST_TEXT // 1_000_000} MB of text")
    problems = [f"Malformed cells that were left out: {broken}."] if broken else []
    return CleanNotebook(_notebook(made), problems)


def _cell(cell: Any) -> NotebookNode:
    if not isinstance(cell, dict):
        raise ValueError("not a cell")
    source = _joined(cell.get("source", cell.get("input", "")))  # nbformat 3 says input
    if source is None:
        raise ValueError("a cell without source")
    kind = cell.get("cell_type")
    make = MAKERS[kind] if isinstance(kind, str) and kind in MAKERS else MAKERS["markdown"]
    metadata = cell.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    made: NotebookNode = make(source=SURROGATE.sub("\ufffd", source))
    if isinstance(own, dict) and isinstance(own.get("grade_id"), str):
        made.metadata["nbgrader"] = {"grade_id": own["grade_id"]}
    if made.cell_type == "markdown" and (pictures := _pictures(cell.get("attachments"))):
        made.attachments = pictures
    return made


def _joined(text: Any) -> str | None:
    """Return a string that may be given as a list of lines; None if it is neither."""
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        return "".join(text)
    return text if isinstance(text, str) else None


def _pictures(attachments: Any) -> dict[str, dict[str, str]]:
    """Return the attachments that are pictures, by name and type."""
    found: dict[str, dict[str, str]] = {}
    for name, forms in attachments.items() if isinstance(attachments, dict) else ():
        for kind in PICTURES.intersection(forms if isinstance(forms, dict) else ()):
            data = _joined(forms[kind])
            if data and BASE64.fullmatch(data) and not SURROGATE.search(name):
                found.setdefault(name, {})[kind] = data
    return found


def _notebook(cells: list[NotebookNode]) -> NotebookNode:
    notebook: NotebookNode = new_notebook(cells=cells)
    return notebook
