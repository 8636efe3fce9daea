"""Take apart what the process of a submission answers, which may be anything."""

from __future__ import annotations

from typing import Any, NamedTuple

from grader.sandbox.place import Effects
from grader.sandbox.printable import printable
from grader.sandbox.raised import FAMILIES, LONGEST, Frame, Raised
from grader.sandbox.wire import WireError

MOST = 100
"""Entries of a list of texts, or of frames."""


class Answer(NamedTuple):
    """What came of a request.

    Attributes
    ----------
    value : object
        Plain data, or a reference.
    raised : Raised or None
        What the code raised instead.
    unloaded : str
        Why the exercise could not be loaded, if that is what failed.
    effects : Effects
    """

    value: Any
    raised: Raised | None
    unloaded: str
    effects: Effects


def read(message: list[Any], steps: int) -> list[Answer]:
    """Return what a message says.

    Parameters
    ----------
    message : list
    steps : int
        How many steps were asked for. There are fewer answers if the last of them is a failure.

    Raises
    ------
    WireError
        If it is no answer.
    """
    if not 1 < len(message) <= 1 + steps or _text(message[0]) != "answers":
        raise WireError("it answers something else")
    found = [_answer(answer) for answer in message[1:]]
    if len(found) < steps and not found[-1].raised:
        raise WireError("it answers only a part")
    return found


def _answer(message: Any) -> Answer:
    if not isinstance(message, list) or len(message) != 4:
        raise WireError("it is neither a value nor an error")
    tag, content, changed, warnings = message
    if _text(tag) not in ("done", "failed"):
        raise WireError("it is neither a value nor an error")
    effects = Effects(_texts(changed), _texts(warnings))
    if tag == "done":
        return Answer(content, None, "", effects)
    if not isinstance(content, list) or len(content) != 5:
        raise WireError("its error is none")
    kind, family, text, frames, unloaded = content
    if not isinstance(frames, list) or len(frames) > MOST or _text(family) not in ("", *FAMILIES):
        raise WireError("its error is none")
    places = tuple(_frame(frame) for frame in frames)
    raised = Raised(_text(kind), family, _text(text), places)
    return Answer(None, raised, _text(unloaded), effects)


def _frame(value: Any) -> Frame:
    if not isinstance(value, list) or len(value) != 3 or type(value[1]) is not int:
        raise WireError("it names a line that is none")
    file, line, function = value
    name = _text(file)
    if "/" in name or not 0 < line < 10**7:
        raise WireError("it names a line that is none")
    return Frame(name, line, _text(function))


def _text(value: Any) -> str:
    """Return a text that goes on one line and does nothing there but be read."""
    if not isinstance(value, str):
        raise WireError("what should be a text is none")
    return printable(value[:LONGEST])


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WireError("what should be texts are none")
    return tuple(map(_text, value[:MOST]))
