"""Make what is in `exercises/` from `solutions/`: the same, without what is to be found out."""

from __future__ import annotations

from pathlib import Path

import jupytext
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

STUB = "raise NotImplementedError"
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
TASK = "# TODO:"
FORMAT = "py:percent"
TELLING = 12
"""A line of a solution at least so long must not be found in what students get."""


class SourceError(Exception):
    """A file in `solutions/` cannot be made into an exercise; the message says why."""


def read_source(path: Path) -> NotebookNode:
    """Read a percent file as a notebook."""
    notebook: NotebookNode = jupytext.read(path, fmt=FORMAT)
    return notebook


def exercise_text(path: Path) -> str:
    """Return what students get of one file of `solutions/`.

    Raises
    ------
    SourceError
        If a solution region has no end, or if a line of a solution would be left in the text.
    """
    config = Config({"ClearSolutions": {"code_stub": {"python": STUB}, "enforce_metadata": False}})
    clear = ClearSolutions(config=config)
    clear.log.disabled = True  # it logs the whole cell; the exception says enough
    try:
        notebook, _ = clear.preprocess(read_source(path), {})
    except RuntimeError as error:
        raise SourceError(f"{path}: {error}") from error
    # The header is for the course's authors; Jupytext's own part would change with its version.
    notebook.metadata = {"jupytext": {"notebook_metadata_filter": "-all"}}
    text: str = jupytext.writes(notebook, fmt=FORMAT)
    _refuse_leaks(path, text)
    return text


def _refuse_leaks(path: Path, text: str) -> None:
    """Raise if the text gives away a line of a solution, or has a task without a stub."""
    source = path.read_text(encoding="utf-8")
    tasks, stubs = text.count(TASK), text.count(STUB) - source.count(STUB)
    if tasks != stubs or "SOLUTION" in text:
        raise SourceError(
            f"{path}: each `{TASK}` must be followed by one solution, between {BEGIN} and {END}; "
            f"there are {tasks} and {stubs}"
        )
    kept = {_bare(line) for line in text.splitlines()}
    inside = False
    for number, line in enumerate(source.splitlines(), start=1):
        if line.strip() in (BEGIN, END):
            inside = line.strip() == BEGIN
        elif inside and len(_bare(line)) >= TELLING and _bare(line) in kept:
            raise SourceError(
                f"{path}, line {number}: this line of a solution also stands outside of it, "
                f"where students see it: {line.strip()}"
            )


def _bare(line: str) -> str:
    """Return a line without its indentation, and without the sign that makes it a comment."""
    return line.strip().lstrip("# ")
