"""Split a `.py` file in percent format into cells.

Jupytext would obey the file's header, which is YAML that a student wrote: a few hundred bytes of it
take gigabytes, and a malformed one raises anything. Here it is only skipped.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Sequence

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

MARKER = re.compile(r"#\s?%%(?P<rest>\s.*)?")
"""A line that begins a cell, such as `# %% [markdown]`."""
TEXT = re.compile(r"\[(?:markdown|md|raw)\]")
FENCE = "# ---"
LARGEST = 1_000_000
"""The size in characters up to which a file is split; a larger one becomes one cell."""
MOST_CELLS = 1000


def notebook_of(text: str) -> NotebookNode:
    """Return a notebook with the cells of a script."""
    lines = text.split("\n")
    start = _after_header(lines)
    starts = [start, *(n for n in _markers(text, lines) if n >= start)]
    if len(starts) > MOST_CELLS:
        starts = [start]
    made: NotebookNode = new_notebook()
    for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        made.cells += _cell(lines[begin:end])
    return made


def _after_header(lines: Sequence[str]) -> int:
    """Return the number of the first line after a header between two lines `# ---`."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() != FENCE:
        return 0
    for number in range(first + 1, len(lines)):
        if lines[number].rstrip() == FENCE:
            return number + 1
        if not lines[number].startswith("#"):
            break
    return 0


def _markers(text: str, lines: Sequence[str]) -> list[int]:
    """Return the lines that begin a cell, except those inside a string."""
    if len(text) > LARGEST:
        return []
    found = [n for n, line in enumerate(lines) if MARKER.fullmatch(line.rstrip())]
    if not found or ('"""' not in text and "'''" not in text):
        return found
    try:
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        strings = [
            range(token.start[0], token.end[0]) for token in tokens if token.type == tokenize.STRING
        ]
    except (tokenize.TokenError, SyntaxError):
        return found
    inside = {n for lines_of_string in strings for n in lines_of_string}
    return [n for n in found if n not in inside]


def _cell(lines: Sequence[str]) -> list[NotebookNode]:
    """Return the cell that these lines are; none if they are empty."""
    marker = MARKER.fullmatch(lines[0].rstrip()) if lines else None
    body = "\n".join(lines[1:] if marker else lines).strip("\n")
    if marker and TEXT.search(marker["rest"] or ""):
        text = re.sub(r"^# ?", "", body, flags=re.MULTILINE)
        return [new_markdown_cell(text)]
    return [new_code_cell(body)] if body.strip() else []
