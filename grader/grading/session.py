"""Grade jobs in this process, one after another."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from datasets import Dataset, load_digits, load_mnist_or_digits
from grader.checking.check_run import LoadDigits
from grader.checking.course import parts_named
from grader.grading.collect_results import part_results, results_of
from grader.grading.job import Digits, Job, Where
from grader.grading.submission_grader import SubmissionGrader
from grader.grading.workspace import Workspace
from grader.results import CheckResult, Results
from grader.runtime.errors import GraderError
from grader.sandbox.client.open_submission import open_sandboxed, open_unsafe
from grader.sandbox.resource_limits import Limits
from grader.submissions.local_submission import LocalSubmission
from grader.submissions.submission import Submission


class SessionError(GraderError):
    """Grading cannot work in this thread or process; the message says why."""


class GradingSession:
    """Grades jobs, one at a time, in the main thread of a process.

    A process can have only one session at a time, because the session owns what is shared by the
    whole process: the time limit, which interrupts the main thread; the memory cap on computations
    that submissions make the grader do; and the sandbox processes, which submissions use in turn.

    Raises
    ------
    SessionError
        If this is not the main thread, or if the process already has a session.
    """

    _open: GradingSession | None = None

    def __init__(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise SessionError(
                "grading works only in the main thread, because no other thread can be interrupted "
                "at the time limit; start a process for each job instead"
            )
        if GradingSession._open is not None:
            raise SessionError("this process is already grading; close that session first")
        GradingSession._open = self
        self._workspace: Workspace | None = None
        self._made_for: tuple[bool, Limits, tuple[Path, ...]] | None = None

    def __enter__(self) -> Self:
        """Return the session; leaving the block closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the workspace and stop all processes."""
        if GradingSession._open is self:
            GradingSession._open = None
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def grade(self, job: Job) -> Results:
        """Return the results of a job.

        Raises
        ------
        ValueError
            If the job names a part that does not exist.
        SandboxUnavailable
            If it needs a sandbox and none is available.
        """
        start = time.perf_counter()
        checks = list(self.iter_checks(job))
        return results_of(
            part_results(checks),
            submission=_name(job),
            seed=job.seed,
            where=job.where,
            seconds=time.perf_counter() - start,
        )

    def iter_checks(self, job: Job) -> Iterator[CheckResult]:
        """Yield the result of each check of a job, as soon as it is known."""
        parts = parts_named(job.parts)
        with self.open(job) as grader:
            yield from grader.run_all(parts)

    @contextmanager
    def open(self, job: Job, load_digits: LoadDigits | None = None) -> Iterator[SubmissionGrader]:
        """Open a job's submission for a caller that runs the checks itself.

        Parameters
        ----------
        job : Job
        load_digits : callable, optional
            Loads the images instead of the job's `digits`.
        """
        with self._submission(job) as submission:
            load = load_digits or loader(job.digits)
            yield SubmissionGrader(submission, job.seed, load, capture=job.capture)

    @contextmanager
    def _submission(self, job: Job) -> Iterator[Submission]:
        if not isinstance(job.submission, Path):
            workspace = self.workspace(job)
            with workspace.opened(
                job.submission, in_this_process=job.where is Where.HERE
            ) as submission:
                yield submission
            return
        submission = open_folder(job.submission, job)
        try:
            yield submission
        finally:
            submission.stop()

    def workspace(self, job: Job) -> Workspace:
        """Return the workspace for jobs that contain their files; jobs of the same kind share it."""
        sandboxed = job.where is Where.SANDBOXED
        wanted = (sandboxed, job.limits, job.secrets)
        if self._workspace is not None and self._made_for != wanted:
            self._workspace.close()
            self._workspace = None
        if self._workspace is None:
            self._workspace = Workspace(job.limits, job.secrets, sandboxed=sandboxed)
            self._made_for = wanted
        return self._workspace


def open_folder(folder: Path, job: Job) -> Submission:
    """Open a folder as a submission, whose code runs where the job says.

    Raises
    ------
    SandboxUnavailable
        If the job needs a sandbox and none is available.
    """
    if job.where is Where.SANDBOXED:
        return open_sandboxed(folder, job.limits, job.secrets)
    if job.where is Where.UNSAFE:
        return open_unsafe(folder, job.limits)
    return LocalSubmission(folder)


@cache
def loader(digits: Digits) -> LoadDigits:
    """Return a function that loads the images once and then caches them."""
    folder = Path.cwd()  # a relative path in MNIST_DIR counts from here, wherever a check runs

    @cache
    def load() -> Dataset:
        if digits is Digits.SMALL:
            return load_digits()
        with chdir(folder):
            return load_mnist_or_digits(download=digits is Digits.DOWNLOAD)

    return load


def _name(job: Job) -> str:
    folder = job.submission
    return job.name or (folder.resolve().name if isinstance(folder, Path) else "submission")
