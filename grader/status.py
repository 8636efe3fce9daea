"""The statuses of a check, and the reasons why it did not pass."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """The status of a check, or of a part, which has that of its worst check."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    BLOCKED = "blocked"
    NOT_STARTED = "not_started"


WORST_FIRST = (
    Status.TIMEOUT,
    Status.ERROR,
    Status.FAILED,
    Status.BLOCKED,
    Status.NOT_STARTED,
    Status.PASSED,
)
"""A part has the first of these statuses that one of its checks has."""

UNWRITTEN = (Status.NOT_STARTED, Status.BLOCKED)
"""Statuses of code that is still to be written: nothing is wrong yet."""


class ErrorCode(StrEnum):
    """Why a check did not pass."""

    WRONG_ANSWER = "wrong_answer"
    """The code ran, but its result is wrong."""
    NOT_WRITTEN = "not_written"
    """The stub is still there."""
    NEEDS_OTHER = "needs_other"
    """The code needs another exercise that is not written yet."""
    NO_DATA = "no_data"
    """The images are not available."""
    IMPORT_FAILED = "import_failed"
    """The file is missing, or cannot be imported."""
    NAME_MISSING = "name_missing"
    """The file lacks a function, a class or an attribute that the exercise asks for."""
    EXCEPTION = "exception"
    """The code raised an exception."""
    TIME_LIMIT = "time_limit"
    """The code exceeded the time limit."""
    PROCESS_LOST = "process_lost"
    """The process that ran the code ended or had to be killed."""
