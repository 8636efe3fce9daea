"""How a check can end, and why: the two enums that every view shares."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How a check, or the worst check of a part, ended."""

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
"""The order in which statuses decide about a part."""

UNWRITTEN = (Status.NOT_STARTED, Status.BLOCKED)
"""Nothing is wrong yet."""


class ErrorCode(StrEnum):
    """Why a check did not pass."""

    WRONG_ANSWER = "wrong_answer"
    """The code ran, and what it did is not right."""
    NOT_WRITTEN = "not_written"
    """The stub is still there."""
    NEEDS_OTHER = "needs_other"
    """Something that belongs to another exercise is not written yet."""
    NO_DATA = "no_data"
    """The images are not available."""
    IMPORT_FAILED = "import_failed"
    """The file is missing, or cannot be imported."""
    NAME_MISSING = "name_missing"
    """The file lacks a function, a class or an attribute that the exercise asks for."""
    EXCEPTION = "exception"
    """The code raised an exception."""
    TIME_LIMIT = "time_limit"
    """The code ran longer than it may."""
    PROCESS_LOST = "process_lost"
    """The process that ran the code ended, or had to be ended."""
