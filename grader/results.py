"""The record of one grading, which every view is made from.

`Results` hold all that any view needs, as plain data. `results_file.py` writes and reads them as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from numpy.typing import NDArray

from grader.status import WORST_FIRST, ErrorCode, Status

SCHEMA_VERSION = 2

LONGEST_MESSAGE = 3000
"""Characters of what a student is told about one check."""


@dataclass(frozen=True)
class Location:
    """A line of the submission: of a file, or of a cell of a notebook.

    Attributes
    ----------
    file : str
        Such as "ex02_convolutional.py".
    line : int
        In the file, or in the cell.
    cell : int
        The number of the cell among the notebook's code cells, from 1; 0 in a file of code.
    """

    file: str
    line: int
    cell: int = 0

    def __str__(self) -> str:
        """Return "ex02_convolutional.py:81", which editors and terminals make a link."""
        return f"{self.file}, {self.words}" if self.cell else f"{self.file}:{self.line}"

    @property
    def words(self) -> str:
        """The same in a sentence: "ex02_convolutional.py, line 81", or "cell 3, line 5"."""
        return (
            f"cell {self.cell}, line {self.line}" if self.cell else f"{self.file}, line {self.line}"
        )


@dataclass(frozen=True)
class Frame:
    """A line of the student's that was being run, and its text."""

    location: Location
    function: str
    source: str


@dataclass(frozen=True)
class RaisedError:
    """What the student's code raised.

    Attributes
    ----------
    kind : str
        The name of the exception's class; empty where students do not know it (a time limit).
    text : str
    frames : tuple of Frame
        The lines of the submission that led to it, outermost first.
    """

    kind: str
    text: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class MisconceptionNote:
    """A known mistake that an answer shows."""

    name: str
    explanation: str
    hint: str


@dataclass(frozen=True)
class Channel:
    """One plane of an array, such as one map of a volume, as it should be and as it came back."""

    index: tuple[int, ...]
    expected: NDArray[Any] = field(compare=False)
    got: NDArray[Any] = field(compare=False)


@dataclass(frozen=True)
class ArrayDifference:
    """How an array differs from what is right: the first of its channels that hold wrong numbers.

    Attributes
    ----------
    what : str
        What it is, as the subject of a sentence.
    shape : tuple of int
        Of the whole array.
    channels : tuple of Channel
    """

    what: str
    shape: tuple[int, ...]
    channels: tuple[Channel, ...]


@dataclass(frozen=True)
class CheckResult:
    """One check.

    Attributes
    ----------
    part, name, title : str
        The part it belongs to ("ex02/backward"), its name, and what must hold, in a sentence.
    marks, max_marks : int
    status : Status
    code : ErrorCode or None
        Why it did not pass; None if it did.
    detail : str
        What is wrong, in words; of a check that passed, what it has to say all the same.
    call : str
        The last call of the student's code, as a person would write it; empty if none matters.
    error : RaisedError or None
    location : Location or None
        Where in the submission to go on.
    misconception : MisconceptionNote or None
    difference : ArrayDifference or None
    printed : str
        What the code printed, if that was kept.
    seconds : float
    """

    part: str
    name: str
    title: str
    marks: int
    max_marks: int
    status: Status
    code: ErrorCode | None = None
    detail: str = ""
    call: str = ""
    error: RaisedError | None = None
    location: Location | None = None
    misconception: MisconceptionNote | None = None
    difference: ArrayDifference | None = None
    printed: str = field(default="", compare=False)
    seconds: float = field(default=0.0, compare=False)

    @property
    def id(self) -> str:
        """The part and the name."""
        return f"{self.part}/{self.name}"

    def what_happened(self) -> str:
        """Return what is wrong, with what was raised, and where."""
        if self.error is None or self.code not in (ErrorCode.EXCEPTION, ErrorCode.IMPORT_FAILED):
            return self.detail
        raised = error_text(self.error)
        return f"{self.detail}: {raised}" if self.detail else raised

    def message(self) -> str:
        """Return all that a student is told: the call, the known mistake, and what is wrong."""
        return self.with_call_and_mistake(self.what_happened())

    def with_call_and_mistake(self, text: str) -> str:
        """Return a text below the call and the known mistake that it is about."""
        lines = [self.call]
        if (known := self.misconception) is not None:
            lines += [f"This looks like: {known.name}.", known.explanation, f"Hint: {known.hint}"]
        whole = "\n".join(line for line in [*lines, text] if line)
        return whole if len(whole) <= LONGEST_MESSAGE else f"{whole[:LONGEST_MESSAGE]} …"


def error_text(error: RaisedError) -> str:
    """Return "ex02_convolutional.py, line 81, in forward: ValueError: what it says"."""
    words = ": ".join(word for word in (error.kind, error.text) if word)
    if not error.frames:
        return words
    last = error.frames[-1]
    function = "" if last.function.startswith("<") else f", in {last.function}"
    return f"{last.location.words}{function}: {words}"


def relocated(check: CheckResult, move: Callable[[Location], Location]) -> CheckResult:
    """Return a result in which each line of the submission is said to be elsewhere.

    Notebooks are graded as modules; their authors know lines by cells.
    """
    location, error = check.location, check.error
    if error is not None:
        frames = (replace(frame, location=move(frame.location)) for frame in error.frames)
        error = replace(error, frames=tuple(frames))
    return replace(check, location=move(location) if location else None, error=error)


@dataclass(frozen=True)
class PartResult:
    """One part: the checks that were run, and what they add up to."""

    id: str
    title: str
    exercise: str
    score: int
    max_score: int
    status: Status
    checks: tuple[CheckResult, ...]

    @property
    def printed(self) -> str:
        """What the code printed during the checks."""
        return "".join(check.printed for check in self.checks)


@dataclass(frozen=True)
class Results:
    """One grading.

    Attributes
    ----------
    submission : str
        The name of what was graded.
    seed : int or None
        What the inputs were drawn from; None where that is a secret.
    where : str
        "here" (in the grader's own process), "sandboxed", or "unsafe" (in a process of its own without
        a sandbox: for code that is not trusted, the marks mean nothing).
    score, max_score : int
        The sums over the parts that were run.
    seconds : float
    parts : tuple of PartResult
    """

    submission: str
    seed: int | None
    where: str
    score: int
    max_score: int
    seconds: float
    parts: tuple[PartResult, ...]
    schema_version: int = SCHEMA_VERSION


def part_result(id: str, title: str, exercise: str, checks: Iterable[CheckResult]) -> PartResult:
    """Put the results of a part's checks together; there is at least one."""
    checks = tuple(checks)
    return PartResult(
        id=id,
        title=title,
        exercise=exercise,
        score=sum(check.marks for check in checks),
        max_score=sum(check.max_marks for check in checks),
        status=min((check.status for check in checks), key=WORST_FIRST.index),
        checks=checks,
    )


def results_of(
    parts: Iterable[PartResult], *, submission: str, seed: int | None, where: str, seconds: float
) -> Results:
    """Put the results of parts together."""
    parts = tuple(parts)
    return Results(
        submission=submission,
        seed=seed,
        where=where,
        score=sum(part.score for part in parts),
        max_score=sum(part.max_score for part in parts),
        seconds=round(seconds, 3),
        parts=parts,
    )
