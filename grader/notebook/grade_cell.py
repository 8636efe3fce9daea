"""Grade a part from a notebook cell: print the report, show a picture, return the marks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

from IPython.display import Image, display

from grader.checking.course import parts_named
from grader.grading.collect_results import part_result, relocated
from grader.grading.job import PUBLIC_SEED, Digits
from grader.grading.session import loader
from grader.grading.submission_grader import SubmissionGrader
from grader.notebook.open_notebook import OpenNotebook
from grader.notebook.shell import cell_files, shell
from grader.results import Location, PartResult
from grader.views.difference_picture import part_png
from grader.views.notebook_text import part_text


def grade(part: str) -> float:
    """Grade a part of this notebook; print the report and return the marks.

    Parameters
    ----------
    part : str
        Such as "ex02/backward".

    Raises
    ------
    ValueError
        If the course has no such part.
    """
    found = [known for known in parts_named([part]) if known.id == part]
    if not found:
        raise ValueError(f"{part!r} is an exercise; name one of its parts")
    digits = loader(Digits.ON_THIS_MACHINE)
    grader = SubmissionGrader(OpenNotebook(found[0]), PUBLIC_SEED, digits)
    checks = [relocated(check, _in_cell) for check in grader.run_all(found)]
    result = part_result(found[0], checks)
    print(part_text(result), end="", file=_stream(result))
    if shell() and (picture := part_png(result)):
        display(Image(picture))
    return float(result.score)


def _stream(result: PartResult) -> TextIO:
    """Return the stream for the report; `nbgrader validate` shows only what a cell prints to stderr."""
    validating = os.environ.get("NBGRADER_VALIDATING") == "1"
    return sys.stderr if validating and result.score < result.max_score else sys.stdout


def _in_cell(location: Location) -> Location:
    """Translate a line of a file into a line of a cell, if the file stands for a cell."""
    for file, number in cell_files().items():
        if Path(file).name == location.file:
            return Location(location.file, location.line, number)
    return location
