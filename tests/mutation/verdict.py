"""Grade one file of the reference, changed."""

from __future__ import annotations

import io
import tempfile
import warnings
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

from datasets import load_digits
from grader.checking.check_run import CheckRun
from grader.checking.course import all_parts
from grader.checking.part_declaration import Check
from grader.grading.submission_grader import SubmissionGrader
from grader.submissions.local_submission import LocalSubmission


def caught_by(file: str, text: str, seed: int = 0) -> Check | None:
    """Return the first check that a file loses its marks in; None if it earns them all.

    Parameters
    ----------
    file : str
        Such as "ex05_activations.py". Only the checks of this exercise are run.
    text : str
        What is in it.
    seed : int
    """
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        Path(folder, file).write_text(text, "utf-8")
        grader = SubmissionGrader(LocalSubmission(Path(folder)), seed, cache(load_digits))
        for part in all_parts():
            for check in part.checks if f"{part.exercise}.py" == file else ():
                if not _passes(grader.start(check, part)):
                    return check
    return None


def _passes(run: CheckRun) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            run.call()
        except KeyboardInterrupt:
            raise
        except BaseException:  # the time limit's is no Exception
            return False
    return True
