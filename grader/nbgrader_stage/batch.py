"""The batch that is running: where the course is, and how submissions are graded."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader import results
from grader.checking.parts import all_parts
from grader.common.atomic_write import write_whole
from grader.nbgrader_stage.preflight import (
    LIMITS_VARIABLE,
    PreflightFailed,
    check_folders,
    check_notebooks,
    ready_workspace,
)
from grader.nbgrader_stage.student_submission import Report, StudentSubmission
from grader.nbgrader_stage.workspace import Workspace
from grader.sandbox.jail import SandboxUnavailable
from grader.sandbox.limits import Limits, changed

SEED_VARIABLE, SEED_FILE = "GRADER_SEED", "secret-seed"


class Batch:
    """Grades the submissions of one course, each once.

    Parameters
    ----------
    course : Path
        The folder with source/, submitted/ and so on.
    unsafe : bool
        Whether to do without a sandbox.
    limits : sequence of str
        Changes of limits, as "memory=3000".
    """

    def __init__(self, course: Path, *, unsafe: bool, limits: Sequence[str]) -> None:
        self.course = course
        self.unsafe = unsafe
        self._changes = limits
        self.troubles: dict[str, list[str]] = {}
        self._workspace: Workspace | None = None
        self._last: tuple[str, str, StudentSubmission, dict[str, Report] | None] | None = None

    @cached_property
    def limits(self) -> Limits:
        """What a submission may use; unlike nbgrader's settings, these may be wrong."""
        try:
            return changed(Limits(), self._changes)
        except ValueError as error:
            raise PreflightFailed(f"{LIMITS_VARIABLE}: {error}") from None

    @cached_property
    def seed(self) -> int:
        """What hidden inputs are drawn from: of the environment, else of a file that is made here."""
        text = os.environ.get(SEED_VARIABLE, "")
        file = self.course / SEED_FILE
        if not text:
            if not file.exists():
                write_whole(f"{secrets.randbits(128)}\n", file)
            text = file.read_text("utf-8")
        try:
            return abs(int(text))
        except ValueError:
            where = SEED_VARIABLE if os.environ.get(SEED_VARIABLE) else file
            raise PreflightFailed(f"the secret seed in {where} is no whole number") from None

    def sources(self, assignment: str) -> dict[str, NotebookNode]:
        """Return the notebooks of an assignment, by name."""
        folder = self.course / "source" / assignment
        return {path.stem: nbformat.read(path, 4) for path in sorted(folder.glob("*.ipynb"))}

    def submitted(self, assignment: str, student: str) -> StudentSubmission:
        """Return one submission."""
        if self._last is None or self._last[:2] != (assignment, student):
            folder = self.course / "submitted" / student / assignment
            self._last = (
                assignment,
                student,
                StudentSubmission(folder, self.sources(assignment)),
                None,
            )
        return self._last[2]

    def graded(self, assignment: str, student: str) -> dict[str, Report]:
        """Return what is told about every part of a submission, and keep it as results.json."""
        submitted = self.submitted(assignment, student)
        assert self._last is not None
        assert self._workspace is not None
        done = self._last[3]
        if done is None:
            start = time.perf_counter()
            done = submitted.grade(self._workspace, self.seed)
            seconds = time.perf_counter() - start
            self._last = (assignment, student, submitted, done)
            self.troubles.setdefault(student, []).extend(submitted.troubles)
            self.troubles[student] += _worth_a_look(done)
            results.write(
                self._document(student, done, seconds),
                self.course / "autograded" / student / assignment / "results.json",
            )
        return done

    def _document(self, student: str, done: dict[str, Report], seconds: float) -> results.Results:
        checks = {
            f"{id}/{check['name']}": check
            for id, part in done.items()
            for check in part.result["checks"]
        }
        return results.collect(
            all_parts(),
            checks,
            submission=student,
            seed=None,  # nbgrader copies this file to where students get their feedback
            where="unsafe" if self.unsafe else "sandboxed",
            seconds=seconds,
        )

    def begin(self, assignment: str) -> None:
        """Forget what was graded before; fail at once if nothing could be graded.

        Raises
        ------
        PreflightFailed
            If anything that all submissions need is missing.
        """
        self.end()
        self.troubles.clear()
        self._last = None  # formgrader goes on for days, and submissions are handed in again
        check_folders(self.course, assignment)
        check_notebooks(self.sources(assignment), assignment)
        _ = self.seed  # read now, since later it would stop the first submission
        self._workspace = ready_workspace(
            self.limits, [self.course], self._changes, unsafe=self.unsafe
        )

    def end(self) -> None:
        """Leave no process running; until `begin`, nothing can be graded."""
        if self._workspace:
            self._workspace.clear_away()
            self._workspace = None


def _worth_a_look(graded: dict[str, Report]) -> list[str]:
    """Say which checks ended in a way that an instructor may want to see."""
    lost = [
        part
        for part, report in graded.items()
        if any("process of this code is gone" in c["message"] for c in report.result["checks"])
    ]
    return [f"the process of its code ended in {', '.join(lost)}"] if lost else []


_running: list[Batch] = []


def start(batch_: Batch) -> None:
    """Make a batch the one that nbgrader's stages, which it makes itself, belong to."""
    _running[:] = [batch_]


def batch() -> Batch:
    """Return the batch that is running."""
    if not _running:
        raise SandboxUnavailable("no batch is running: nbgrader_config.py has to call `configure`")
    return _running[0]
