"""What a check holds of the student's code: a stand-in for each object, and a record of each call.

Only plain data crosses: numbers, strings, arrays, and lists, tuples and dictionaries of them, always
as copies. Everything else that the student's code makes stays where it is and is represented by a
`StudentObject`. A check reads the same whichever `Place` the student's code runs in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np

from grader.sandbox.time_limit import TimeLimitReached, limit

Answer = TypeVar("Answer")

PATIENCE = 2.0
"""Seconds for a call that is only made for what it leaves behind."""


class StudentExit(Exception):
    """The student's code tried to end the program, which is never what an exercise asks for.

    Parameters
    ----------
    kind : str
        The name of what it raised, such as "SystemExit".
    """

    def __init__(self, kind: str) -> None:
        super().__init__("this would end the whole program")
        self.kind = kind


class MissingName(AttributeError):
    """The student's module or object has no attribute of a name that the course prescribes."""


class WorkerLost(Exception):
    """The process of the student's code has ended in the middle of a check, or had to be ended.

    Parameters
    ----------
    reason : str
    in_time : bool
        False if it had to be ended because it took too long.
    """

    def __init__(self, reason: str, *, in_time: bool = True) -> None:
        super().__init__(reason)
        self.in_time = in_time


@dataclass(frozen=True)
class Effects:
    """What a call did besides returning.

    Attributes
    ----------
    changed : tuple of str
        What the call changed in place, such as "the numbers of argument 1".
    warnings : tuple of str
        The warnings that it gave.
    """

    changed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Call:
    """One call into the student's code, and how it ended.

    Attributes
    ----------
    text : str
        The call as a person would write it, arrays by their shapes.
    function : str
        What was called, such as "Convolutional.backward".
    module : str
        The student's module through which the check came to it, such as "ex02_convolutional".
    answer : object
        What came back: plain data or a `StudentObject`; None if it raised.
    error : BaseException or None
        What it raised.
    effects : Effects
    """

    text: str
    function: str
    module: str
    answer: Any
    error: BaseException | None
    effects: Effects


class Read(NamedTuple):
    """One look at an attribute of the student's, and what was there."""

    text: str
    answer: Any


class Place(Protocol):
    """Where the student's code runs. A target is whatever the place uses to name an object.

    Attributes
    ----------
    hanging : set of str
        Functions that were tried in vain, and are not worth another try.
    fresh : bool
        Whether nothing of what earlier checks did can still be going on.
    """

    hanging: set[str]
    fresh: bool

    def get(self, target: Any, name: str) -> Any:
        """Return the value of an attribute, raising AttributeError if there is none."""

    def set(self, target: Any, values: Mapping[str, Any]) -> None:
        """Set attributes to copies of the values: all that can be, then raise the first error."""

    def call(
        self, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, BaseException | None, Effects]:
        """Call with copies of the arguments; return the answer, what was raised, and the effects."""

    def bare(self, target: Any) -> Any:
        """Make an object of a class without running its constructor."""


class Reference:
    """Names an object that stays in its place; a `Place` hands it out, `Session` wraps it."""

    __slots__ = ("kind", "target")

    def __init__(self, target: Any, kind: str) -> None:
        self.target = target
        self.kind = kind


class Session:
    """All that one check does with the student's code.

    Attributes
    ----------
    calls : list of Call
        Every call so far, in order.
    answers : list of Call or Read
        All that the check has learned of the student's code, in order: what an answer is judged by.
    attentive : bool
        Whether answers count at the moment.
    helping : bool
        Whether the grader does right what belongs to other parts, so that their faults cost nothing.
    helped : bool
        Whether it has done anything.
    """

    def __init__(self, place: Place, *, helping: bool = True) -> None:
        self.place = place
        self.helping = helping
        self.helped = False
        self.calls: list[Call] = []
        self.answers: list[Call | Read] = []
        self.attentive = True

    def module(self, reference: Reference, name: str) -> StudentObject:
        """Return the stand-in for a module of the student's."""
        return StudentObject(self, reference, Origin(name, ""))

    def wrap(self, value: Any, origin: Origin) -> Any:
        """Turn the references in an answer into stand-ins."""
        if isinstance(value, Reference):
            return StudentObject(self, value, origin)
        if isinstance(value, list | tuple):
            return type(value)(self.wrap(item, origin) for item in value)
        if isinstance(value, dict):
            return {key: self.wrap(item, origin) for key, item in value.items()}
        return value

    def call(self, called: StudentObject, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Call something of the student's and record it."""
        __tracebackhide__ = True
        reference, origin = _reference(called), _origin(called)
        text = _call_text(origin.text, args, kwargs)
        try:
            answer, error, effects = self.place.call(reference.target, unwrap(args), unwrap(kwargs))
        except BaseException as lost:  # the place itself has failed
            self.calls.append(Call(text, origin.function, origin.module, None, lost, Effects()))
            raise
        answer = self.wrap(answer, Origin(origin.module, text))
        self.calls.append(Call(text, origin.function, origin.module, answer, error, effects))
        self.learn(self.calls[-1])
        if error is not None:
            raise error
        return answer

    def learn(self, answer: Call | Read) -> None:
        """Take note of an answer, unless it counts for nothing."""
        if self.attentive:
            self.answers.append(answer)


class Origin(NamedTuple):
    """How a check came to an object: through which module, and by what text."""

    module: str
    text: str

    @property
    def function(self) -> str:
        """The name alone: Class.method or function, where the text is Class(3, 2).method."""
        head, _, method = self.text.rpartition(").")
        return f"{head.partition('(')[0]}.{method}" if head else method.partition("(")[0]


class StudentObject:
    """Stands for one object of the student's: a module, a class, a function, a layer.

    Reading an attribute, setting one and calling go through to the object; what comes back is a copy
    of plain data or another `StudentObject`.
    """

    __slots__ = ("_origin", "_reference", "_session")

    def __init__(self, session: Session, reference: Reference, origin: Origin) -> None:
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_reference", reference)
        object.__setattr__(self, "_origin", origin)

    def __getattr__(self, name: str) -> Any:
        __tracebackhide__ = True
        if name.startswith("__"):  # Python and NumPy ask for those, checks never do
            raise AttributeError(name)
        session, (module, text) = session_of(self), _origin(self)
        try:
            value = session.place.get(_reference(self).target, name)
        except AttributeError:
            raise MissingName(f"{text or f'{module}.py'} has no `{name}`") from None
        text = f"{text}.{name}" if text else name
        answer = session.wrap(value, Origin(module, text))
        session.learn(Read(text, answer))
        return answer

    def __setattr__(self, name: str, value: Any) -> None:
        __tracebackhide__ = True
        assign(self, {name: value})

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object, and return what comes back."""
        __tracebackhide__ = True
        return session_of(self).call(self, args, kwargs)

    def __repr__(self) -> str:
        return "<the {2} {0}.{1}>".format(*_origin(self), _reference(self).kind)


def session_of(stand_in: StudentObject) -> Session:
    """Return the session that a stand-in belongs to."""
    session: Session = object.__getattribute__(stand_in, "_session")
    return session


def assign(owner: StudentObject, values: Mapping[str, Any]) -> None:
    """Set some attributes of an object at once: all that can be, then raise the first error."""
    __tracebackhide__ = True
    session_of(owner).place.set(_reference(owner).target, unwrap(dict(values)))


def last_call(stand_in: StudentObject) -> Call:
    """Return the record of the last call in this stand-in's session."""
    return session_of(stand_in).calls[-1]


@contextmanager
def unnoticed(owner: StudentObject) -> Iterator[None]:
    """Do something of which nothing is to be judged by its answers."""
    session = session_of(owner)
    before, session.attentive = session.attentive, False
    try:
        yield
    finally:
        session.attentive = before


def call_quietly(function: StudentObject, *args: Any, **kwargs: Any) -> Any:
    """Call a function for what it leaves behind, whatever happens; return None if it fails."""
    return try_quietly(function, lambda: function(*args, **kwargs))


def try_quietly(function: StudentObject, act: Callable[[], Answer]) -> Answer | None:
    """Do something that calls the function, whatever happens; return None if it fails.

    A function that does not end within `PATIENCE` is not tried like this again.
    """
    name, hanging = _origin(function).function, session_of(function).place.hanging
    if name in hanging:
        return None
    with unnoticed(function):
        try:
            with limit.at_most(PATIENCE):
                return act()
        except WorkerLost:
            hanging.add(name)
            raise
        except Exception:  # what is wrong with it shows where it is graded
            return None
        except TimeLimitReached:
            hanging.add(name)
            return None


def helps(owner: StudentObject) -> bool:
    """Tell whether the grader does right what belongs to other parts, and note that it does."""
    session = session_of(owner)
    session.helped = session.helped or session.helping
    return session.helping


def bare_instance(cls: StudentObject) -> StudentObject:
    """Make an object of the student's class without running its constructor."""
    session = session_of(cls)
    made: StudentObject = session.wrap(session.place.bare(_reference(cls).target), _origin(cls))
    return made


def unwrap(value: Any) -> Any:
    """Turn the stand-ins in arguments back into references."""
    if isinstance(value, StudentObject):
        return _reference(value)
    if isinstance(value, list | tuple):
        return type(value)(unwrap(item) for item in value)
    if isinstance(value, dict):
        return {key: unwrap(item) for key, item in value.items()}
    return value


def _reference(stand_in: StudentObject) -> Reference:
    reference: Reference = object.__getattribute__(stand_in, "_reference")
    return reference


def _origin(stand_in: StudentObject) -> Origin:
    origin: Origin = object.__getattribute__(stand_in, "_origin")
    return origin


def _call_text(function: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    words = [_describe(value) for value in args]
    words += [f"{name}={_describe(value)}" for name, value in kwargs.items()]
    return f"{function}({', '.join(words)})"


def _describe(value: Any) -> str:
    """Return an argument as a person would write it: never with an address, which changes."""
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}"
    if isinstance(value, StudentObject):
        return _origin(value).text
    if isinstance(value, list):
        return f"[{', '.join(map(_describe, value))}]"
    if value is None or isinstance(value, bool | int | float | str | tuple):
        return repr(value)
    return str(getattr(value, "__name__", type(value).__name__))
