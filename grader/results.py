"""The results of grading one submission.

`Results` contain everything that the views need, as plain data. `results_file.py` writes and reads
them as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from grader.status import ErrorCode, Status

SCHEMA_VERSION = 2

RAISED = (ErrorCode.EXCEPTION, ErrorCode.IMPORT_FAILED, ErrorCode.NAME_MISSING)
"""What an exception of the student's code explains."""

LONGEST_MESSAGE = 3000
"""The maximum length, in characters, of the message about one check."""


@dataclass(frozen=True)
class Location:
    """A line of the submission, in a file or in a notebook cell.

    Attributes
    ----------
    file : str
        Such as "ex02_convolutional.py".
    line : int
        The line's number in the file or in the cell.
    cell : int
        The cell's number among the notebook's code cells, starting at 1; 0 in a Python file.
    """

    file: str
    line: int
    cell: int = 0

    def __str__(self) -> str:
        """Return "ex02_convolutional.py:81", which editors and terminals turn into a link."""
        return f"{self.file}, {self.words}" if self.cell else f"{self.file}:{self.line}"

    @property
    def words(self) -> str:
        """The same in a sentence: "ex02_convolutional.py, line 81", or "cell 3, line 5"."""
        return (
            f"cell {self.cell}, line {self.line}" if self.cell else f"{self.file}, line {self.line}"
        )


@dataclass(frozen=True)
class Frame:
    """A line of the student's code in a traceback, with its text."""

    location: Location
    function: str
    source: str


@dataclass(frozen=True)
class RaisedError:
    """An exception that the student's code raised.

    Attributes
    ----------
    kind : str
        The name of the exception's class; empty if students do not know it (a time limit).
    text : str
    frames : tuple of Frame
        The lines of the submission that led to it, outermost first.
    """

    kind: str
    text: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class MisconceptionNote:
    """A known mistake that the code shows."""

    name: str
    explanation: str
    hint: str


@dataclass(frozen=True)
class Channel:
    """One plane of an array, such as one map of a volume: the expected values and those returned."""

    index: tuple[int, ...]
    expected: NDArray[Any] = field(compare=False)
    got: NDArray[Any] = field(compare=False)


@dataclass(frozen=True)
class ArrayDifference:
    """How an array differs from the expected one: its first channels with wrong numbers.

    Attributes
    ----------
    what : str
        What the array is, as the subject of a sentence.
    shape : tuple of int
        The shape of the whole array.
    channels : tuple of Channel
    """

    what: str
    shape: tuple[int, ...]
    channels: tuple[Channel, ...]


@dataclass(frozen=True)
class CheckResult:
    """The result of one check.

    Attributes
    ----------
    part, name, title : str
        The part it belongs to ("ex02/backward"), its name, and a sentence that must be true.
    marks, max_marks : int
    status : Status
    code : ErrorCode or None
        Why it did not pass; None if it did.
    detail : str
        What is wrong, in words; a check that passed may have a remark here.
    call : str
        The last call of the student's code, as a person would write it; empty if it does not matter.
    error : RaisedError or None
    location : Location or None
        The line of the submission to work on next.
    misconception : MisconceptionNote or None
    difference : ArrayDifference or None
    printed : str
        What the code printed, if it was captured.
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
        """Return what is wrong, with the exception and its location."""
        if self.error is None or self.code not in RAISED:
            return self.detail
        raised = error_text(self.error)
        if self.code is ErrorCode.EXCEPTION:
            return f"{raised}\n{self.detail}" if self.detail else raised
        return f"{self.detail}: {raised}" if self.detail else raised

    def message(self) -> str:
        """Return everything a student is told: the call, the known mistake, and what is wrong."""
        return self.with_call_and_mistake(self.what_happened())

    def with_call_and_mistake(self, text: str, *, explained: bool = False) -> str:
        """Put the call and the known mistake before a text.

        Parameters
        ----------
        text : str
        explained : bool
            Whether the mistake has been explained already; then it is only named.
        """
        lines = [self.call]
        known = self.misconception
        if known is not None and explained:
            lines.append(f"This looks like the same mistake as above: {known.name}.")
        elif known is not None:
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


@dataclass(frozen=True)
class PartResult:
    """The result of one part: the checks that were run, and their sum."""

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
    """The results of one submission.

    Attributes
    ----------
    submission : str
        The name of the submission.
    seed : int or None
        The seed of the checks' inputs; None if it is secret.
    where : str
        "here" (in the grader's own process), "sandboxed", or "unsafe" (in its own process without a
        sandbox; then the marks of untrusted code mean nothing).
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
