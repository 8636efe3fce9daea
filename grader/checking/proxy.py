"""What a check holds of the student's code: a stand-in for each object, and a record of each call.

A check reads the same whichever `Backend` the student's code runs in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from grader.runtime.backend import Arguments, Backend, CallResult, Handle, SideEffects
from grader.runtime.errors import GraderError, ProcessLost
from grader.runtime.time_limit import TimeLimitReached


class MissingName(GraderError, AttributeError):
    """The student's module or object has no attribute of a name that the course prescribes."""


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
        What came back: plain data or a `StudentProxy`; None if it raised.
    error : BaseException or None
        What it raised.
    effects : SideEffects
    """

    text: str
    function: str
    module: str
    answer: Any
    error: BaseException | None
    effects: SideEffects


class Read(NamedTuple):
    """One look at an attribute of the student's, and what was there."""

    text: str
    answer: Any


class CallLog:
    """All that one check does with the student's code.

    Attributes
    ----------
    calls : list of Call
        Every call so far, in order.
    answers : list of Call or Read
        All that the check has learned of the student's code, in order: what an answer is judged by.
    recording : bool
        Whether answers count at the moment.
    helping : bool
        Whether the grader does right what belongs to other parts, so that their faults cost nothing.
    helped : bool
        Whether it has done anything.
    """

    def __init__(self, backend: Backend, *, helping: bool = True) -> None:
        self.backend = backend
        self.helping = helping
        self.helped = False
        self.calls: list[Call] = []
        self.answers: list[Call | Read] = []
        self.recording = True

    def module(self, handle: Handle, name: str) -> StudentProxy:
        """Return the stand-in for a module of the student's."""
        return StudentProxy(self, handle, Origin(name, ""))

    def wrap(self, value: Any, origin: Origin) -> Any:
        """Turn the references in an answer into stand-ins."""
        if isinstance(value, Handle):
            return StudentProxy(self, value, origin)
        if isinstance(value, list | tuple):
            return type(value)(self.wrap(item, origin) for item in value)
        if isinstance(value, dict):
            return {key: self.wrap(item, origin) for key, item in value.items()}
        return value

    def call(self, called: StudentProxy, arguments: Arguments) -> Any:
        """Call something of the student's and record it."""
        __tracebackhide__ = True
        (text,), (ended,) = self._call(called, [arguments])
        return self._record(called, text, ended)

    def call_each(self, called: StudentProxy, several: Sequence[Arguments]) -> Iterator[Any]:
        """Call something of the student's several times at once; record each as it is looked at."""
        __tracebackhide__ = True
        for text, ended in zip(*self._call(called, several), strict=False):
            yield self._record(called, text, ended)

    def _call(
        self, called: StudentProxy, several: Sequence[Arguments]
    ) -> tuple[list[str], list[CallResult]]:
        """Return the calls in words, and how they ended, up to the first that raised something."""
        __tracebackhide__ = True
        texts = [_call_text(origin_of(called).text, *arguments) for arguments in several]
        plain = [Arguments(unwrap(args), unwrap(kwargs)) for args, kwargs in several]
        try:
            return texts, self.backend.call(handle_of(called).target, plain)
        except (ProcessLost, TimeLimitReached) as lost:  # the backend itself has failed
            self._note(called, texts[0], CallResult(None, lost, SideEffects()))
            raise

    def _record(self, called: StudentProxy, text: str, ended: CallResult) -> Any:
        __tracebackhide__ = True
        answer = self.wrap(ended.answer, Origin(origin_of(called).module, text))
        self.record_answer(self._note(called, text, ended._replace(answer=answer)))
        if ended.error is not None:
            raise ended.error
        return answer

    def _note(self, called: StudentProxy, text: str, ended: CallResult) -> Call:
        origin = origin_of(called)
        self.calls.append(Call(text, origin.function, origin.module, *ended))
        return self.calls[-1]

    def record_answer(self, answer: Call | Read) -> None:
        """Take note of an answer, unless it counts for nothing."""
        if self.recording:
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


class StudentProxy:
    """Stands for one object of the student's: a module, a class, a function, a layer.

    Reading an attribute, setting one and calling go through to the object; what comes back is a copy
    of plain data or another `StudentProxy`.
    """

    __slots__ = ("_handle", "_log", "_origin")

    def __init__(self, log: CallLog, handle: Handle, origin: Origin) -> None:
        object.__setattr__(self, "_log", log)
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_origin", origin)

    def __getattr__(self, name: str) -> Any:
        __tracebackhide__ = True
        if name.startswith("__"):  # Python and NumPy ask for those, checks never do
            raise AttributeError(name)
        log, (module, text) = call_log_of(self), origin_of(self)
        try:
            value = log.backend.get(handle_of(self).target, name)
        except AttributeError:
            raise MissingName(f"{text or f'{module}.py'} has no `{name}`") from None
        text = f"{text}.{name}" if text else name
        answer = log.wrap(value, Origin(module, text))
        log.record_answer(Read(text, answer))
        return answer

    def __setattr__(self, name: str, value: Any) -> None:
        __tracebackhide__ = True
        assign(self, {name: value})

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object, and return what comes back."""
        __tracebackhide__ = True
        return call_log_of(self).call(self, Arguments(args, kwargs))

    def __repr__(self) -> str:
        return "<the {2} {0}.{1}>".format(*origin_of(self), handle_of(self).kind)


def call_log_of(stand_in: StudentProxy) -> CallLog:
    """Return the log that a stand-in belongs to."""
    log: CallLog = object.__getattribute__(stand_in, "_log")
    return log


def assign(owner: StudentProxy, values: Mapping[str, Any], *, quietly: bool = False) -> None:
    """Set some attributes of an object at once (see `Backend.set`)."""
    __tracebackhide__ = True
    call_log_of(owner).backend.set(handle_of(owner).target, unwrap(dict(values)), quietly=quietly)


def unwrap(value: Any) -> Any:
    """Turn the stand-ins in arguments back into references."""
    if isinstance(value, StudentProxy):
        return handle_of(value)
    if isinstance(value, list | tuple):
        return type(value)(unwrap(item) for item in value)
    if isinstance(value, dict):
        return {key: unwrap(item) for key, item in value.items()}
    return value


def handle_of(stand_in: StudentProxy) -> Handle:
    """Return what names the object in its backend."""
    handle: Handle = object.__getattribute__(stand_in, "_handle")
    return handle


def origin_of(stand_in: StudentProxy) -> Origin:
    """Return how the check came to the object."""
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
    if isinstance(value, StudentProxy):
        return origin_of(value).text
    if isinstance(value, list):
        return f"[{', '.join(map(_describe, value))}]"
    if value is None or isinstance(value, bool | int | float | str | tuple):
        return repr(value)
    return str(getattr(value, "__name__", type(value).__name__))
