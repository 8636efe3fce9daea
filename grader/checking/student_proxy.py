"""How a check uses the student's code: a proxy for each object, and a log of each call.

A check is the same for every `Backend` that runs the student's code.
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
    """The student's module or object lacks an attribute that the course requires.

    Parameters
    ----------
    module : str
        The module that it lacks, or that the object comes from.
    owner : str
        The expression for the object, such as "Dense(3, 2)"; empty if the module itself lacks it.
    name : str
        The name of the attribute.
    """

    def __init__(self, module: str, owner: str, name: str) -> None:
        super().__init__(f"{owner or f'{module}.py'} has no `{name}`")
        self.module, self.owner, self.missing = module, owner, name


@dataclass(frozen=True)
class Call:
    """One call into the student's code, and how it ended.

    Attributes
    ----------
    text : str
        The call as a person would write it, with the shapes of arrays instead of their numbers.
    function : str
        What was called, such as "Convolutional.backward".
    module : str
        The student's module in which the check found it, such as "ex02_convolutional".
    answer : object
        The returned value, plain data or a `StudentProxy`; None if the call raised.
    error : BaseException or None
        What the call raised.
    effects : SideEffects
    incidental : bool
        Whether another check judges what this call returned.
    """

    text: str
    function: str
    module: str
    answer: Any
    error: BaseException | None
    effects: SideEffects
    incidental: bool = False


class Read(NamedTuple):
    """Something else that a check learned, such as an attribute of a student's object."""

    text: str
    answer: Any


class CallLog:
    """A log of everything that one check does with the student's code.

    Attributes
    ----------
    calls : list of Call
        Every call so far, in order.
    answers : list of Call or Read
        Everything that the check has learned from the student's code, in order. Misconceptions are
        compared by it.
    recording : bool
        Whether answers are added to the log at the moment.
    helping : bool
        Whether the grader may provide correct versions of other parts, so that mistakes in them cost
        nothing here.
    helped : bool
        Whether the grader has provided any.
    judging : bool
        Whether the check judges what the calls return at the moment; if not, they are incidental.
    constructor : Call or None
        The call of a constructor that raised, and without which the check went on.
    facts : dict of str to bool
        What the check found out about other parts of the code, such as that they are at fault. A
        misconception is judged by the same facts.
    shapes : str
        The shapes of the arrays that the call at hand works with, for the message if it raises.
    """

    def __init__(self, backend: Backend, *, helping: bool = True) -> None:
        self.backend = backend
        self.helping = helping
        self.helped = False
        self.calls: list[Call] = []
        self.answers: list[Call | Read] = []
        self.recording = True
        self.judging = True
        self.constructor: Call | None = None
        self.facts: dict[str, bool] = {}
        self.shapes = ""

    def module(self, handle: Handle, name: str) -> StudentProxy:
        """Return the proxy for one of the student's modules."""
        return StudentProxy(self, handle, Origin(name, ""))

    def wrap(self, value: Any, origin: Origin) -> Any:
        """Turn the handles in an answer into proxies."""
        if isinstance(value, Handle):
            return StudentProxy(self, value, origin)
        if isinstance(value, list | tuple):
            return type(value)(self.wrap(item, origin) for item in value)
        if isinstance(value, dict):
            return {key: self.wrap(item, origin) for key, item in value.items()}
        return value

    def call(self, called: StudentProxy, arguments: Arguments) -> Any:
        """Call one of the student's objects and record the call."""
        __tracebackhide__ = True
        (text,), (ended,) = self._call(called, [arguments])
        return self._record(called, text, ended)

    def call_each(self, called: StudentProxy, several: Sequence[Arguments]) -> Iterator[Any]:
        """Make several calls at once; record each of them when its answer is yielded."""
        __tracebackhide__ = True
        for text, ended in zip(*self._call(called, several), strict=False):
            yield self._record(called, text, ended)

    def _call(
        self, called: StudentProxy, several: Sequence[Arguments]
    ) -> tuple[list[str], list[CallResult]]:
        """Return the calls in words and their results, up to the first call that raised."""
        __tracebackhide__ = True
        texts = [_call_text(origin_of(called).text, *arguments) for arguments in several]
        plain = [Arguments(unwrap(args), unwrap(kwargs)) for args, kwargs in several]
        try:
            return texts, self.backend.call(handle_of(called).target, plain)
        except (ProcessLost, TimeLimitReached) as lost:  # the backend itself failed
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
        incidental = not self.judging
        self.calls.append(Call(text, origin.function, origin.module, *ended, incidental))
        return self.calls[-1]

    def record_answer(self, answer: Call | Read) -> None:
        """Add an answer to the log, if recording is on."""
        if self.recording:
            self.answers.append(answer)


class Origin(NamedTuple):
    """How a check got an object: from which module, and with what expression."""

    module: str
    text: str

    @property
    def function(self) -> str:
        """The name without arguments: Class.method if the text is Class(3, 2).method."""
        head, _, method = self.text.rpartition(").")
        return f"{head.partition('(')[0]}.{method}" if head else method.partition("(")[0]


class StudentProxy:
    """A proxy for one of the student's objects: a module, a class, a function, a layer.

    It forwards reading an attribute, setting one and calling to the object. The result is a copy of
    plain data or another `StudentProxy`.
    """

    __slots__ = ("_handle", "_log", "_origin")

    def __init__(self, log: CallLog, handle: Handle, origin: Origin) -> None:
        object.__setattr__(self, "_log", log)
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_origin", origin)

    def __getattr__(self, name: str) -> Any:
        __tracebackhide__ = True
        if name.startswith("__"):  # Python and NumPy read these, checks never do
            raise AttributeError(name)
        log, (module, text) = call_log_of(self), origin_of(self)
        try:
            value = log.backend.get(handle_of(self).target, name)
        except AttributeError:
            raise MissingName(module, text, name) from None
        text = f"{text}.{name}" if text else name
        answer = log.wrap(value, Origin(module, text))
        log.record_answer(Read(text, answer))
        return answer

    def __setattr__(self, name: str, value: Any) -> None:
        __tracebackhide__ = True
        assign(self, {name: value})

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object and return the result."""
        __tracebackhide__ = True
        return call_log_of(self).call(self, Arguments(args, kwargs))

    def __repr__(self) -> str:
        return "<the {2} {0}.{1}>".format(*origin_of(self), handle_of(self).kind)


def call_log_of(proxy: StudentProxy) -> CallLog:
    """Return the log that a proxy belongs to."""
    log: CallLog = object.__getattribute__(proxy, "_log")
    return log


def assign(owner: StudentProxy, values: Mapping[str, Any], *, quietly: bool = False) -> None:
    """Set some attributes of an object at once (see `Backend.set`)."""
    __tracebackhide__ = True
    call_log_of(owner).backend.set(handle_of(owner).target, unwrap(dict(values)), quietly=quietly)


def unwrap(value: Any) -> Any:
    """Turn the proxies in arguments back into handles."""
    if isinstance(value, StudentProxy):
        return handle_of(value)
    if isinstance(value, list | tuple):
        return type(value)(unwrap(item) for item in value)
    if isinstance(value, dict):
        return {key: unwrap(item) for key, item in value.items()}
    return value


def handle_of(proxy: StudentProxy) -> Handle:
    """Return the handle of the object in its backend."""
    handle: Handle = object.__getattribute__(proxy, "_handle")
    return handle


def origin_of(proxy: StudentProxy) -> Origin:
    """Return how the check got the object."""
    origin: Origin = object.__getattribute__(proxy, "_origin")
    return origin


def _call_text(function: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    words = [_describe(value) for value in args]
    words += [f"{name}={_describe(value)}" for name, value in kwargs.items()]
    return f"{function}({', '.join(words)})"


def _describe(value: Any) -> str:
    """Return an argument as a person would write it, without memory addresses, which change."""
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}"
    if isinstance(value, StudentProxy):
        return origin_of(value).text
    if isinstance(value, list):
        return f"[{', '.join(map(_describe, value))}]"
    if value is None or isinstance(value, bool | int | float | str | tuple):
        return repr(value)
    return str(getattr(value, "__name__", type(value).__name__))
