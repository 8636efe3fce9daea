"""Generate `exercises/` from `solutions/` by removing the solutions and the hints."""

from __future__ import annotations

import logging
from copy import deepcopy
from functools import cache
from pathlib import Path

import jupytext
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from grader.runtime.errors import GraderError

STUB = "raise NotImplementedError"
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
TASK = "# TODO:"
HINTS = "hints"
"""A key in a cell's metadata: the part that its paragraphs are hints for."""
FORMAT = "py:percent"
TELLING = 12
"""A solution's lines of at least this length must not appear in what students get."""


class SourceError(GraderError):
    """A file in `solutions/` has an error; the message says which."""


def read_source(path: Path) -> NotebookNode:
    """Read a percent file as a notebook."""
    return deepcopy(_parsed(path.read_text("utf-8")))


@cache
def _parsed(text: str) -> NotebookNode:
    """Return the notebook of a text: half of the time of a build, if each asked for it anew."""
    notebook: NotebookNode = jupytext.reads(text, fmt=FORMAT)
    return notebook


def without_hints(notebook: NotebookNode) -> NotebookNode:
    """Remove the hints from a notebook: students ask for them, one at a time."""
    notebook.cells = [cell for cell in notebook.cells if HINTS not in cell.metadata]
    return notebook


def exercise_text(path: Path) -> str:
    """Return the text of the exercise that is made from a file of `solutions/`.

    Raises
    ------
    SourceError
        If a solution region has no end, or if a line of a solution would be left in the text.
    """
    config = Config({"ClearSolutions": {"code_stub": {"python": STUB}, "enforce_metadata": False}})
    # By default it logs whole cells to the logger that all applications in this process share. The
    # exception says enough.
    quiet = logging.getLogger(__name__)
    quiet.disabled = True
    clear = ClearSolutions(config=config, log=quiet)
    try:
        notebook, _ = clear.preprocess(without_hints(read_source(path)), {})
    except RuntimeError as error:
        raise SourceError(f"{path}: {error}") from error
    # Drop the header: it is for authors, and Jupytext's entries would change with its version.
    notebook.metadata = {"jupytext": {"notebook_metadata_filter": "-all"}}
    text: str = jupytext.writes(notebook, fmt=FORMAT)
    _refuse_leaks(path, text)
    return text


def _refuse_leaks(path: Path, text: str) -> None:
    """Raise an error if the text contains a line of a solution, or a task without a stub."""
    source = path.read_text(encoding="utf-8")
    tasks, stubs = text.count(TASK), text.count(STUB) - source.count(STUB)
    if tasks != stubs or "SOLUTION" in text:
        raise SourceError(
            f"{path}: each `{TASK}` must be followed by one solution between {BEGIN} and {END}; "
            f"found {tasks} tasks and {stubs} solutions"
        )
    kept = {bare(line) for line in text.splitlines()}
    for number, line in solution_lines(source).items():
        if len(bare(line)) >= TELLING and bare(line) in kept:
            raise SourceError(
                f"{path}, line {number}: this line of a solution also appears outside the "
                f"solution, where students see it: {line.strip()}"
            )


def solution_lines(source: str) -> dict[int, str]:
    """Return the lines of the solutions, by line number."""
    lines, inside = {}, False
    for number, line in enumerate(source.splitlines(), start=1):
        if line.strip() in (BEGIN, END):
            inside = line.strip() == BEGIN
        elif inside:
            lines[number] = line
    return lines


def bare(line: str) -> str:
    """Return a line without its indentation and comment sign."""
    return line.strip().lstrip("# ")
