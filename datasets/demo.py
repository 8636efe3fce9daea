"""For the last cell of each exercise: run it unfinished, and see its picture without a display."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from datasets.errors import DatasetError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NON_INTERACTIVE = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")
"""Matplotlib's backends that draw into files alone."""

_told: set[str] = set()
"""What this run has said already: one function is often called in several places."""


@contextmanager
def if_written() -> Iterator[None]:
    """Run the block up to the first function that is not written yet, and name that function.

    The program goes on after the block. Other exceptions pass.
    """
    try:
        yield
    except NotImplementedError as error:
        message = _not_written(error)
        if message not in _told:
            _told.add(message)
            print(message)


def show() -> None:
    """Show the figures in windows or below the cell, or save them if there is no display.

    A saved picture is named after the program: `ex01_correlate.png`, in the working folder.
    """
    from matplotlib import pyplot as plt

    _told.clear()
    if not plt.get_fignums():
        return
    if plt.get_backend().lower() not in NON_INTERACTIVE:
        plt.show()
        return
    path = Path(f"{Path(sys.argv[0]).stem or 'picture'}.png")
    try:
        save(plt.gcf(), path)
    except DatasetError as error:
        sys.exit(str(error))
    print(f"There is no display; the picture is in {path.absolute()}")


def save(figure: "Figure", path: Path) -> None:
    """Save a figure.

    Raises
    ------
    DatasetError
        It cannot be written.
    """
    try:
        figure.savefig(path)
    except OSError as error:
        raise DatasetError(
            f"{path.absolute()} cannot be written: {error.strerror or error}",
            "Change to a folder where you can write, and run this again.",
        ) from error


def _not_written(error: NotImplementedError) -> str:
    """Return a sentence about the function that raised the error."""
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    code = frame.f_code
    where = ""
    if Path(code.co_filename).exists():  # a notebook's cell is no file
        where = f"{_shortest(code.co_filename)}:{line}: "
    return f"{where}{code.co_qualname} is not written yet, so what needs it is left out."


def _shortest(path: str) -> str:
    """Return a path relative to the working folder if it lies below it."""
    relative = os.path.relpath(path) if Path(path).is_relative_to(Path.cwd()) else path
    return min(path, relative, key=len)
