"""Check that nothing is missing before the first submission is graded."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import SQLAlchemyError

from grader.api import GradingSession, Job
from grader.authoring.notebooks import grade_id
from grader.checking.course import all_parts
from grader.nbgrader_stage.notebook_merge import is_graded
from grader.runtime.errors import GraderError
from grader.sandbox.jail import SandboxUnavailable

BUILD = "python -m grader build"
GENERATE = "nbgrader generate_assignment"
LIMITS_VARIABLE = "GRADER_LIMITS"
TRIAL = {"trial.py": b"import scipy\n"}
"""A submission with the largest import that student code needs."""


class PreflightFailed(GraderError):
    """Nothing can be graded; the message is for a person and says what to do."""


def check_folders(course: Path, assignment: str) -> None:
    """Check that the assignment exists and that results can be written.

    Raises
    ------
    PreflightFailed
    """
    source = course / "source"
    if not any((source / assignment).glob("*.ipynb")):
        others = sorted(path.parent.name for path in source.glob("*/*.ipynb"))
        instead = f"there is {', '.join(dict.fromkeys(others))}" if others else f"run `{BUILD}`"
        raise PreflightFailed(f"{source} has no assignment {assignment!r}; {instead}")
    for path in (course, course / "autograded"):
        if path.exists() and not os.access(path, os.W_OK):
            raise PreflightFailed(f"{path} cannot be written to")


def check_notebooks(notebooks: Mapping[str, NotebookNode], assignment: str) -> None:
    """Check that the notebooks have the same parts and marks as the current checks.

    Raises
    ------
    PreflightFailed
    """
    needed = {grade_id(part): part.marks for part in all_parts() if part.exercise in notebooks}
    if _marks(notebooks) != needed:
        raise PreflightFailed(
            f"the notebooks are out of date; run `{BUILD}`, then `{GENERATE} {assignment} --force`"
        )


def check_gradebook(
    url: str, course: str, assignment: str, notebooks: Mapping[str, NotebookNode]
) -> None:
    """Check that the gradebook can be opened and has the same marks as the notebooks.

    Raises
    ------
    PreflightFailed
    """
    try:
        with Gradebook(url, course) as book:
            known = book.find_assignment(assignment).notebooks
            marks = {cell.name: cell.max_score for nb in known for cell in nb.grade_cells}
    except MissingEntry:
        raise PreflightFailed(
            f"the gradebook has no {assignment}; run `{GENERATE} {assignment}`"
        ) from None
    except (SQLAlchemyError, ImportError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise PreflightFailed(f"the gradebook cannot be opened: {reason}") from None
    if marks != _marks(notebooks):
        raise PreflightFailed(
            "the marks in the gradebook differ from those in the notebooks; "
            f"run `{GENERATE} {assignment} --force`"
        )


def try_to_run(session: GradingSession, job: Job, changes: Sequence[str]) -> None:
    """Check that code runs within the limits; if not, nobody would get marks.

    Parameters
    ----------
    session : GradingSession
    job : Job
        Any job of the batch.
    changes : sequence of str
        The changed limits, as the instructor wrote them.

    Raises
    ------
    PreflightFailed
    """
    try:
        workspace = session.workspace(job)
        with workspace.opened(TRIAL) as trial, trial.running("trial", 0, ()):
            pass
    except SandboxUnavailable as error:
        settings = f" (with {LIMITS_VARIABLE}={' '.join(changes)})" if changes else ""
        raise PreflightFailed(f"{error}{settings}") from None


def _marks(notebooks: Mapping[str, NotebookNode]) -> dict[str, float]:
    cells = [cell for notebook in notebooks.values() for cell in notebook.cells if is_graded(cell)]
    return {cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points for cell in cells}
