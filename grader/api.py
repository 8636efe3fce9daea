"""The grader as a library: give it a `Job`, get `Results`.

pytest, notebooks, hints and nbgrader's stage use the same `GradingSession`.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.grading.job import Digits, Job, Where
from grader.grading.session import GradingSession, SessionError
from grader.results import CheckResult, Results

__all__ = [
    "CheckResult",
    "Digits",
    "GradingSession",
    "Job",
    "Results",
    "SessionError",
    "Where",
    "grade",
    "iter_checks",
]


def grade(job: Job) -> Results:
    """Grade one submission.

    Raises
    ------
    SessionError
        If this is not the main thread, or if the process is already grading.
    SandboxUnavailable
        If the job needs a sandbox and none is available.
    ValueError
        If the job names a part that does not exist.
    """
    with GradingSession() as session:
        return session.grade(job)


def iter_checks(job: Job) -> Iterator[CheckResult]:
    """Yield the result of each check as soon as it is known; raises the same errors as `grade`."""
    with GradingSession() as session:
        yield from session.iter_checks(job)
