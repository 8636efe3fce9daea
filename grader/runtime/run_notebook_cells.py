"""Run a module that was a notebook, cell by cell, as a kernel does."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

HEAD = "# cells:"
"""How the first line of such a module begins; then come the lines at which the cells begin."""


def was_notebook(text: str) -> bool:
    """Return whether a module's text was a notebook."""
    return text.startswith(HEAD)


def cells_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line at which each cell of such a module begins, and its text."""
    lines = text.split("\n")  # not `splitlines`, which also splits at what Python does not
    starts = [int(word) for word in lines[0].removeprefix(HEAD).split()]
    for start, end in pairwise([*starts, len(lines) + 1]):
        yield start, "\n".join(lines[start - 1 : end - 1])


def run_cells(text: str, file: str, namespace: dict[str, Any]) -> None:
    """Run each cell; if one fails, print its traceback and go on with the next.

    Parameters
    ----------
    text : str
        The module.
    file : str
        Its path, for tracebacks.
    namespace : dict
        Where its definitions go.
    """
    namespace["get_ipython"], namespace["display"] = _NoNotebook, _display
    for start, source in cells_of(text):
        try:
            # Empty lines before the cell, so that its lines have their numbers in the file.
            exec(compile("\n" * (start - 1) + source, file, "exec"), namespace)
        except Exception as error:
            # Without the line above, which is not the student's.
            own = error.__traceback__ and error.__traceback__.tb_next
            traceback.print_exception(type(error), error, own)


def _display(*objects: Any, **_: Any) -> None:
    """Print what a notebook would show."""
    print(*objects)


class _NoNotebook:
    """What `get_ipython()` is in such a module: magic has no effect."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_args, **_kwargs: None
