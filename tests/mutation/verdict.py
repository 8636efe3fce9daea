"""Grade one file of the reference after a change."""

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
    """Return the first check in which a file loses marks, or None if it earns full marks.

    Parameters
    ----------
    file : str
        The file's name, such as "ex05_activations.py". Only the checks of its exercise are run.
    text : str
        The file's text.
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
        except BaseException:  # the exception of the time limit is not an Exception
            return False
    return True
