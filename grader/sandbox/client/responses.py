"""Take apart what the process of a submission answers, which may be anything."""

from __future__ import annotations

from typing import Any, NamedTuple

from grader.common.printable import printable
from grader.runtime.backend import SideEffects
from grader.runtime.error_report import FAMILIES, LONGEST, ErrorReport, Frame
from grader.sandbox.protocol.codec import ProtocolError

MOST = 100
"""Entries of a list of texts, or of frames."""


class Answer(NamedTuple):
    """What came of a request.

    Attributes
    ----------
    value : object
        Plain data, or a reference.
    raised : ErrorReport or None
        What the code raised instead.
    unloaded : str
        Why the exercise could not be loaded, if that is what failed.
    effects : SideEffects
    """

    value: Any
    raised: ErrorReport | None
    unloaded: str
    effects: SideEffects


def read(message: list[Any], steps: int) -> list[Answer]:
    """Return what a message says.

    Parameters
    ----------
    message : list
    steps : int
        How many steps were asked for. There are fewer answers if the last of them is a failure.

    Raises
    ------
    ProtocolError
        If it is no answer.
    """
    if not 1 < len(message) <= 1 + steps or _text(message[0]) != "answers":
        raise ProtocolError("it answers something else")
    found = [_answer(answer) for answer in message[1:]]
    if len(found) < steps and not found[-1].raised:
        raise ProtocolError("it answers only a part")
    return found


def _answer(message: Any) -> Answer:
    if not isinstance(message, list) or len(message) != 4:
        raise ProtocolError("it is neither a value nor an error")
    tag, content, changed, warnings = message
    if _text(tag) not in ("done", "failed"):
        raise ProtocolError("it is neither a value nor an error")
    effects = SideEffects(_texts(changed), _texts(warnings))
    if tag == "done":
        return Answer(content, None, "", effects)
    if not isinstance(content, list) or len(content) != 5:
        raise ProtocolError("its error is none")
    kind, family, text, frames, unloaded = content
    if not isinstance(frames, list) or len(frames) > MOST or _text(family) not in ("", *FAMILIES):
        raise ProtocolError("its error is none")
    places = tuple(_frame(frame) for frame in frames)
    raised = ErrorReport(_text(kind), family, _text(text), places)
    return Answer(None, raised, _text(unloaded), effects)


def _frame(value: Any) -> Frame:
    if not isinstance(value, list) or len(value) != 3 or type(value[1]) is not int:
        raise ProtocolError("it names a line that is none")
    file, line, function = value
    name = _text(file)
    if "/" in name or not 0 < line < 10**7:
        raise ProtocolError("it names a line that is none")
    return Frame(name, line, _text(function))


def _text(value: Any) -> str:
    """Return a text that goes on one line and does nothing there but be read."""
    if not isinstance(value, str):
        raise ProtocolError("what should be a text is none")
    return printable(value[:LONGEST])


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ProtocolError("what should be texts are none")
    return tuple(map(_text, value[:MOST]))
