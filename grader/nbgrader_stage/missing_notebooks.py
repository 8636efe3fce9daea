"""Add the notebooks that a submission lacks before nbgrader looks for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from grader.common.atomic_write import write_whole
from grader.nbgrader_stage.file_names import mend_names
from grader.nbgrader_stage.notebook_merge import is_solution
from grader.nbgrader_stage.notebook_reader import content_of, document_of
from grader.nbgrader_stage.percent_script import notebook_of

MADE_FROM = "grader_made_from"
"""Metadata key of the notebooks that we add: the script it was made from, if any."""


def add_missing_notebooks(folder: Path, sources: Mapping[str, NotebookNode]) -> list[str]:
    """Add the notebooks that a submission lacks, and return what was missing.

    A missing notebook is made from the `.py` file of the same name. If there is none, the new
    notebook says that nothing was handed in. Links and special files are deleted: they contain no
    work, and nbgrader would follow them.

    Parameters
    ----------
    folder : Path
        The submission; new notebooks are written there.
    sources : mapping of str to NotebookNode
        The course's notebooks, by exercise name.

    Returns
    -------
    list of str
        The problems that an instructor should look at.
    """
    problems = [
        f"{path.name} is a link or a special file; it was deleted." for path in _links(folder)
    ]
    for path in _links(folder):
        path.unlink()
    problems += mend_names(folder, sources)
    unknown = sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix in {".ipynb", ".zip"} and path.stem not in sources
    )
    instead = f" (There is {', '.join(unknown)}, which matches no exercise.)" if unknown else ""
    missing = []
    for name, source in sources.items():
        notebook, script = folder / f"{name}.ipynb", folder / f"{name}.py"
        if notebook.exists() and not _was_made(notebook):
            continue
        made, reason = new_notebook(), ""
        if script.is_file():
            made, reason = _from_script(script)
            problems += [reason] if reason else []
        elif any(map(is_solution, source.cells)):
            reason = f"{name} was not handed in.{instead}"
            missing.append(name)
        if reason:
            made.cells.insert(0, new_markdown_cell(reason))
        made.metadata[MADE_FROM] = script.name if script.is_file() else ""
        for number, cell in enumerate(made.cells):
            cell.id = f"cell-{number}"  # the same each time, as the submission is still the same
        write_whole(nbformat.writes(made), notebook, 0o644)
    if missing:
        problems.append(f"not handed in: {', '.join(missing)}.{instead}")
    return problems


def _links(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_symlink() or not (p.is_file() or p.is_dir())]


def _was_made(path: Path) -> bool:
    try:
        content = content_of(path)
        if MADE_FROM.encode() not in content:
            return False
        metadata = document_of(content).get("metadata")
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(metadata, dict) and MADE_FROM in metadata


def _from_script(path: Path) -> tuple[NotebookNode, str]:
    try:
        text = content_of(path).decode("utf-8-sig")
        return notebook_of(text.replace("\r\n", "\n")), ""
    except UnicodeDecodeError:
        return new_notebook(), f"{path.name} cannot be read: it is not text in UTF-8."
    except (OSError, ValueError) as error:
        return new_notebook(), f"{path.name} cannot be read: {error}."
