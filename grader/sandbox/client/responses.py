"""Validate the responses of a submission's process, which may send anything."""

from __future__ import annotations

from typing import Any, NamedTuple

from grader.common.printable import printable
from grader.runtime.backend import SideEffects
from grader.runtime.error_report import FAMILIES, LONGEST, ErrorReport, Frame
from grader.sandbox.protocol.codec import ProtocolError

MOST_ENTRIES = 100
"""In a list of texts or of frames."""


class Answer(NamedTuple):
    """The outcome of one step of a request.

    Attributes
    ----------
    value : object
        Plain data, or a handle.
    raised : ErrorReport or None
        What the code raised instead.
    import_failure : str
        Why the exercise could not be imported, if that is what failed.
    effects : SideEffects
    """

    value: Any
    raised: ErrorReport | None
    import_failure: str
    effects: SideEffects


def read(message: list[Any], steps: int) -> list[Answer]:
    """Return the answers in a response.

    Parameters
    ----------
    message : list
    steps : int
        How many steps were requested. There are fewer answers if the last of them is a failure.

    Raises
    ------
    ProtocolError
        If the response is malformed.
    """
    if not 1 < len(message) <= 1 + steps or _text(message[0]) != "answers":
        raise ProtocolError("it does not answer the request")
    found = [_answer(answer) for answer in message[1:]]
    if len(found) < steps and not found[-1].raised:
        raise ProtocolError("it answers only some of the steps")
    return found


def _answer(message: Any) -> Answer:
    if not isinstance(message, list) or len(message) not in (4, 5):
        raise ProtocolError("it is neither a value nor an error")
    tag, content, changed, warnings, *left = message
    if _text(tag) not in ("done", "failed"):
        raise ProtocolError("it is neither a value nor an error")
    if left and (tag != "done" or not isinstance(left[0], list)):
        raise ProtocolError("its arguments are malformed")
    arguments = tuple(left[0]) if left else ()
    effects = SideEffects(_texts(changed), _texts(warnings), arguments)
    if tag == "done":
        return Answer(content, None, "", effects)
    if not isinstance(content, list) or len(content) != 5:
        raise ProtocolError("its error is malformed")
    kind, family, text, frames, import_failure = content
    if (
        not isinstance(frames, list)
        or len(frames) > MOST_ENTRIES
        or _text(family) not in ("", *FAMILIES)
    ):
        raise ProtocolError("its error is malformed")
    lines = tuple(_frame(frame) for frame in frames)
    raised = ErrorReport(_text(kind), family, _text(text), lines)
    return Answer(None, raised, _text(import_failure), effects)


def _frame(value: Any) -> Frame:
    if not isinstance(value, list) or len(value) != 3 or type(value[1]) is not int:
        raise ProtocolError("it names an invalid line")
    file, line, function = value
    name = _text(file)
    if "/" in name or not 0 < line < 10**7:
        raise ProtocolError("it names an invalid line")
    return Frame(name, line, _text(function))


def _text(value: Any) -> str:
    """Return a text as one line of printable characters."""
    if not isinstance(value, str):
        raise ProtocolError("expected text")
    return printable(value[:LONGEST])


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ProtocolError("expected a list of texts")
    return tuple(map(_text, value[:MOST_ENTRIES]))
