"""Determine the outcome of a check from the exception it raised."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from datasets import DatasetError
from grader.analysis.read_source import (
    definition_line,
    enclosing_definition,
    is_left_over,
    source_line,
    syntax_error_around,
)
from grader.checking.assertions import CheckFailed
from grader.checking.part_declaration import Part
from grader.checking.student_proxy import CallLog, MissingName
from grader.common.printable import printable
from grader.results import Frame, Location, RaisedError
from grader.runtime.error_report import ErrorReport, describe, kind_of
from grader.runtime.errors import ImportFailed, ProcessLost
from grader.runtime.time_limit import TimeLimitReached
from grader.status import ErrorCode, Status
from grader.submissions.submission import Submission

GIVEN = "layer.py"
"""The file whose stubs raise if a layer lacks a method."""
LEFT_OVER = "you have written code, but `raise NotImplementedError` still ends it: delete that line"
SHAPES = re.compile(r"shape|dimension|broadcast|aligned|out of bounds|array element")
"""What NumPy and SciPy say if the shapes of arrays do not fit."""
RECURSION_FRAMES = 3
"""How many lines of an endless recursion are shown: the others are the same."""


@dataclass(frozen=True)
class Outcome:
    """How a check ended; `grader.results.CheckResult` describes the fields.

    Attributes
    ----------
    failure : CheckFailed or None
        The exception that the check itself raised because the answer is wrong.
    """

    status: Status
    code: ErrorCode | None = None
    detail: str = ""
    call: str = ""
    error: RaisedError | None = None
    location: Location | None = None
    failure: CheckFailed | None = field(default=None, compare=False, repr=False)


class OutcomeReader:
    """Determines the outcome of a check of one part of one submission.

    Parameters
    ----------
    part : Part
    submission : Submission
    log : CallLog
        What the check did with the student's code.
    """

    def __init__(self, part: Part, submission: Submission, log: CallLog) -> None:
        self._part = part
        self._submission = submission
        self._log = log
        self._calls = log.calls

    def read(self, error: BaseException) -> Outcome:
        """Return the outcome of a check that raised this error."""
        if isinstance(error, ImportFailed):
            return self._not_imported(error)
        if isinstance(error, NotImplementedError):
            return self._not_written(error)
        if isinstance(error, DatasetError):
            return Outcome(Status.BLOCKED, ErrorCode.NO_DATA, _visible(str(error)))
        if isinstance(error, MissingName):
            return self._name_missing(error)
        if isinstance(error, CheckFailed):
            return self._outcome(Status.FAILED, ErrorCode.WRONG_ANSWER, error, failure=error)
        if isinstance(error, ProcessLost):
            status = Status.ERROR if error.in_time else Status.TIMEOUT
            return self._outcome(status, ErrorCode.PROCESS_LOST, error)
        raised, location = self._raised(error), self._raised_location(error)
        if isinstance(error, TimeLimitReached):
            detail = _visible(str(error))
            return Outcome(
                Status.TIMEOUT, ErrorCode.TIME_LIMIT, detail, self._call(), raised, location
            )
        detail = self._explained(error)
        return Outcome(Status.ERROR, ErrorCode.EXCEPTION, detail, self._call(), raised, location)

    def _explained(self, error: BaseException) -> str:
        """Say what helps to understand an exception, if anything does."""
        kind = kind_of(error)
        if kind == "RecursionError":
            frames = describe(error, self._submission.folder).frames
            name = frames[-1].function if frames else "your code"
            return _visible(f"{name} calls itself, directly or through others, and never stops")
        report = describe(error, self._submission.folder)
        return self._log.shapes if SHAPES.search(report.text) else ""

    def _outcome(
        self,
        status: Status,
        code: ErrorCode,
        error: BaseException,
        *,
        called: bool = True,
        failure: CheckFailed | None = None,
    ) -> Outcome:
        """Return an outcome with the message of an error as its detail."""
        call = self._call() if called else ""
        location = self._called_location()
        return Outcome(status, code, _visible(str(error)), call, None, location, failure)

    def _name_missing(self, error: MissingName) -> Outcome:
        outcome = self._outcome(Status.ERROR, ErrorCode.NAME_MISSING, error, called=False)
        if error.owner:
            return outcome
        detail = _visible(f"{self._submission.file_name(error.module)} has no `{error.missing}`")
        cause = syntax_error_around(self._submission.path(error.module), error.missing)
        if cause is None:
            return replace(outcome, detail=detail)
        return replace(
            outcome,
            detail=f"{detail}: the cell that defines it cannot be run",
            error=self._raised(cause),
            location=self._raised_location(cause),
        )

    def _not_imported(self, error: ImportFailed) -> Outcome:
        cause = error.__cause__
        own = error.exercise == self._part.exercise
        status = Status.TIMEOUT if isinstance(cause, TimeLimitReached) else Status.ERROR
        location = self._raised_location(cause) if cause else None
        return Outcome(
            status if own else Status.BLOCKED,
            ErrorCode.IMPORT_FAILED,
            _visible(f"{self._submission.file_name(error.exercise)} {error.reason}"),
            "",
            self._raised(cause) if cause else None,
            location or Location(f"{error.exercise}.py", 1),
        )

    def _not_written(self, error: NotImplementedError) -> Outcome:
        """Return the outcome for an unwritten stub, in this exercise or in one that it builds on."""
        location = self._raised_location(error)
        exercise = self._submission.exercise_of(location.file)
        if exercise == self._part.exercise:
            left_over = is_left_over(self._submission.path(exercise), location.line)
            detail = LEFT_OVER if left_over else ""
            return Outcome(Status.NOT_STARTED, ErrorCode.NOT_WRITTEN, detail, location=location)
        path = self._submission.path(exercise)
        waits = f"waits for {enclosing_definition(path, location.line) or exercise}"
        # A part without a target has nothing to write, so it counts as started once the others have.
        status = Status.BLOCKED if self._part.target else Status.NOT_STARTED
        return Outcome(status, ErrorCode.NEEDS_OTHER, waits, location=location)

    def _call(self) -> str:
        return _visible(self._calls[-1].text) if self._calls else ""

    def _raised(self, error: BaseException) -> RaisedError:
        return raised_error(describe(error, self._submission.folder), self._submission.folder)

    def _raised_location(self, error: BaseException) -> Location:
        """Return the location of the student's line that raised, or of the function called last."""
        frames = describe(error, self._submission.folder).frames
        if frames and frames[-1].file != GIVEN:
            return Location(_visible(frames[-1].file), frames[-1].line)
        return self._called_location()

    def _called_location(self) -> Location:
        """Return the location of the function that the check called last."""
        if not self._calls:
            return Location(f"{self._part.exercise}.py", 1)
        call = self._calls[-1]
        line = definition_line(self._submission.path(call.module), call.function)
        return Location(f"{call.module}.py", line or 1)


def raised_error(report: ErrorReport, folder: Path) -> RaisedError:
    """Return the record of an exception, with the text of the lines in its traceback."""
    lines = report.frames[-RECURSION_FRAMES:] if report.kind == "RecursionError" else report.frames
    frames = tuple(
        Frame(
            Location(_visible(file), line),
            _visible(function),
            printable(source_line(folder / file, line)),
        )
        for file, line, function in lines
    )
    kind = "" if report.family == "stopped" else report.kind  # means nothing to students
    return RaisedError(_visible(kind), _visible(report.text), frames)


def _visible(text: str) -> str:
    return printable(text, keep="\n")
