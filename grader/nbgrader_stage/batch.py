"""The running batch: which course it grades, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader import results_file
from grader.api import GradingSession, Job, Where
from grader.checking.course import all_parts
from grader.grading.collect_results import relocated
from grader.nbgrader_stage.preflight import (
    LIMITS_VARIABLE,
    PreflightFailed,
    check_folders,
    check_notebooks,
    try_to_run,
)
from grader.nbgrader_stage.secret_seed import secret_seed
from grader.nbgrader_stage.student_submission import StudentSubmission
from grader.results import PartResult, Results
from grader.sandbox.jail import SandboxUnavailable
from grader.sandbox.resource_limits import Limits, with_settings
from grader.status import ErrorCode


@dataclass
class _Current:
    """The submission that nbgrader is working on, and its results once it is graded."""

    assignment: str
    student: str
    submission: StudentSubmission
    results: Results | None = None


class Batch:
    """Grades each submission of a course once.

    Parameters
    ----------
    course : Path
        The folder with source/, submitted/ and so on.
    unsafe : bool
        Whether to run student code without a sandbox.
    limits : sequence of str
        Changes to the default limits, such as "memory=3000".

    Attributes
    ----------
    problems : dict of str to list of str
        What an instructor should look at, for each student.
    """

    def __init__(self, course: Path, *, unsafe: bool, limits: Sequence[str]) -> None:
        self.course = course
        self.problems: dict[str, list[str]] = {}
        self._where = Where.UNSAFE if unsafe else Where.SANDBOXED
        self._changes = limits
        self._session: GradingSession | None = None
        self._current: _Current | None = None

    @cached_property
    def limits(self) -> Limits:
        """The resources that a submission may use.

        Raises
        ------
        PreflightFailed
            If the changes are malformed.
        """
        try:
            return with_settings(Limits(), self._changes)
        except ValueError as error:
            raise PreflightFailed(f"{LIMITS_VARIABLE}: {error}") from None

    @cached_property
    def seed(self) -> int:
        """The seed of the hidden inputs."""
        return secret_seed(self.course)

    def sources(self, assignment: str) -> dict[str, NotebookNode]:
        """Return the notebooks of an assignment, by name."""
        folder = self.course / "source" / assignment
        return {path.stem: nbformat.read(path, 4) for path in sorted(folder.glob("*.ipynb"))}

    def submitted(self, assignment: str, student: str) -> StudentSubmission:
        """Return one submission."""
        return self._at(assignment, student).submission

    def graded(self, assignment: str, student: str) -> dict[str, PartResult]:
        """Return the results of a submission by part id, and save them as results.json."""
        current = self._at(assignment, student)
        if current.results is None:
            current.results = self._grade(current)
            problems = self.problems.setdefault(student, [])
            problems += [*current.submission.problems, *_worth_a_look(current.results)]
            folder = self.course / "autograded" / student / assignment
            results_file.write(current.results, folder / "results.json")
        return {part.id: part for part in current.results.parts}

    def begin(self, assignment: str) -> None:
        """Start a new batch; fail now if no submission could be graded.

        Raises
        ------
        PreflightFailed
            If something that every submission needs is missing.
        """
        self.end()
        self.problems.clear()
        self._current = None  # formgrader runs for days, and students submit again
        check_folders(self.course, assignment)
        check_notebooks(self.sources(assignment), assignment)
        _ = self.seed  # read it now: a malformed seed must fail here, not at the first submission
        self._session = GradingSession()
        try:
            try_to_run(self._session, self._job({}), self._changes)
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """Stop all processes; nothing can be graded until the next `begin`."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _at(self, assignment: str, student: str) -> _Current:
        now = self._current
        if now is None or (now.assignment, now.student) != (assignment, student):
            folder = self.course / "submitted" / student / assignment
            submission = StudentSubmission(folder, self.sources(assignment))
            now = self._current = _Current(assignment, student, submission)
        return now

    def _job(self, files: dict[str, bytes], parts: tuple[str, ...] = (), name: str = "") -> Job:
        return Job(
            files,
            parts,
            seed=self.seed,
            where=self._where,
            limits=self.limits,
            name=name,
            secrets=(self.course,),
        )

    def _grade(self, current: _Current) -> Results:
        assert self._session is not None
        exercises = {part.exercise for part in all_parts()}
        asked = tuple(name for name in current.submission.cells if name in exercises)
        job = self._job(current.submission.files(), asked, current.student)
        results = self._session.grade(job)
        in_cell = current.submission.in_cell
        parts = [
            replace(part, checks=tuple(relocated(check, in_cell) for check in part.checks))
            for part in results.parts
        ]
        # nbgrader copies results.json to the student's feedback, so it must not contain the seed.
        return replace(results, parts=tuple(parts), seed=None)


def _worth_a_look(results: Results) -> list[str]:
    """Return a sentence on parts whose process was lost, which an instructor may want to see."""
    lost = [
        part.id
        for part in results.parts
        if any(check.code is ErrorCode.PROCESS_LOST for check in part.checks)
    ]
    return [f"the process that ran its code ended in {', '.join(lost)}"] if lost else []


_running: list[Batch] = []


def start(batch_: Batch) -> None:
    """Set the running batch: nbgrader creates its preprocessors itself, so they ask `batch()`."""
    _running[:] = [batch_]


def batch() -> Batch:
    """Return the running batch."""
    if not _running:
        raise SandboxUnavailable("no batch is running: nbgrader_config.py must call `configure`")
    return _running[0]
