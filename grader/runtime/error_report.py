"""Describe what the student's code raised as plain data, since it may run in another process."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import NamedTuple

from grader.runtime.errors import ProgramExit
from grader.runtime.suggestions import suggestion
from grader.runtime.time_limit import TimeLimitReached

LONGEST = 2000
"""Most characters of an exception's text."""


class Frame(NamedTuple):
    """A line of the student's code that was being executed."""

    file: str
    line: int
    function: str


class ErrorReport(NamedTuple):
    """An exception and where in the submission it came from.

    Attributes
    ----------
    kind : str
        The name of its class.
    family : str
        Which of `FAMILIES` it belongs to; empty if none.
    text : str
        The first line of its message.
    frames : tuple of Frame
        The lines of the submission that were being executed, outermost first.
    """

    kind: str
    family: str
    text: str
    frames: tuple[Frame, ...]

    def __str__(self) -> str:
        """Return "ex02_convolutional.py, line 81, in forward: ValueError: what it says"."""
        words = f"{self.kind}: {self.text}" if self.text else self.kind
        words = self.text if self.family == "stopped" else words  # students do not know this class
        if not self.frames:
            return words
        last = self.frames[-1]
        function = "" if last.function.startswith("<") else f", in {last.function}"
        return f"{last.file}, line {last.line}{function}: {words}"


class RemoteError(Exception):
    """Stands for an exception that was raised in another process.

    Attributes
    ----------
    raised : ErrorReport
    """

    def __init__(self, raised: ErrorReport) -> None:
        super().__init__(raised.text)
        self.raised = raised


class RemoteNotImplementedError(RemoteError, NotImplementedError):
    """A stub was reached."""


class RemoteTypeError(RemoteError, TypeError):
    """An object was called or used wrongly."""


class RemoteAttributeError(RemoteError, AttributeError):
    """An attribute does not exist."""


class RemoteValueError(RemoteError, ValueError):
    """An argument has an unusable value."""


class RemoteTimeLimitReached(TimeLimitReached):
    """The other process stopped the code because it ran too long.

    Attributes
    ----------
    raised : ErrorReport
    """

    def __init__(self, raised: ErrorReport) -> None:
        super().__init__(raised.text)
        self.raised = raised


FAMILIES: dict[
    str, tuple[type[BaseException], type[RemoteError] | type[RemoteTimeLimitReached]]
] = {
    "not written": (NotImplementedError, RemoteNotImplementedError),
    "type": (TypeError, RemoteTypeError),
    "attribute": (AttributeError, RemoteAttributeError),
    "value": (ValueError, RemoteValueError),
    "stopped": (TimeLimitReached, RemoteTimeLimitReached),
}
"""The exceptions that the grader tells apart, and what stands for each of them in this process."""


def describe(error: BaseException, folder: Path) -> ErrorReport:
    """Describe what was raised, and on which lines of the files in a folder.

    Parameters
    ----------
    error : BaseException
        From this process, or a stand-in for one from another.
    folder : Path
        Where the submission is.
    """
    if isinstance(error, RemoteError | RemoteTimeLimitReached):
        return error.raised
    kind = kind_of(error)
    family = next((name for name, (cls, _) in FAMILIES.items() if isinstance(error, cls)), "")
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        # The line with the syntax error was never executed.
        frame = Frame(Path(error.filename).name, error.lineno, "<module>")
        return ErrorReport(kind, family, error.msg, (frame,))
    frames = tuple(
        Frame(Path(frame.filename).name, frame.lineno or 1, frame.name)
        for frame in traceback.extract_tb(error.__traceback__)
        if folder in Path(frame.filename).parents
    )
    return ErrorReport(kind, family, _first_line(error), frames)


def rebuild(raised: ErrorReport) -> BaseException:
    """Return an exception that stands for one from another process."""
    _, stand_in = FAMILIES.get(raised.family, (None, RemoteError))
    return stand_in(raised)


def kind_of(error: BaseException | None) -> str:
    """Return the name of an exception's class, wherever it was raised; empty for None."""
    if isinstance(error, RemoteError | RemoteTimeLimitReached):
        return error.raised.kind
    if isinstance(error, ProgramExit):
        return error.kind
    return type(error).__name__ if error is not None else ""


def _first_line(error: BaseException) -> str:
    try:
        text = str(error).strip().partition("\n")[0][:LONGEST]
        return f"{text}{suggestion(error)}"
    except Exception:  # a __str__ of the student's own
        return "its message cannot be shown"
