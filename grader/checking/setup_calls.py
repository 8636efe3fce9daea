"""Calls and assignments around the call that a check grades."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from grader.checking.student_proxy import (
    Call,
    Read,
    StudentProxy,
    assign,
    call_log_of,
    handle_of,
    origin_of,
)
from grader.runtime.backend import Arguments
from grader.runtime.errors import ProcessLost
from grader.runtime.time_limit import SETUP_CALL_SECONDS, TimeLimitReached, limit

Answer = TypeVar("Answer")


def set_quietly(owner: StudentProxy, **values: Any) -> None:
    """Set attributes, and skip those that cannot be set: a layer may protect them."""
    assign(owner, values, quietly=True)


def call_each(
    function: StudentProxy, several: Iterable[Sequence[Any]], **kwargs: Any
) -> Iterator[Any]:
    """Call a function with each list of arguments in turn, and yield the results.

    All calls are made before the first result is yielded, which is faster than sending them to another
    process one by one. The last call in the log is the one whose result was yielded last.
    """
    __tracebackhide__ = True
    return call_log_of(function).call_each(function, [Arguments(args, kwargs) for args in several])


def last_call(proxy: StudentProxy) -> Call:
    """Return the record of the last call in this proxy's log."""
    return call_log_of(proxy).calls[-1]


def arguments_after(owner: StudentProxy) -> tuple[Any, ...]:
    """Return the positional arguments of the last call as it left them, if one holds a dictionary.

    Misconceptions are compared by them as well.
    """
    log, call = call_log_of(owner), last_call(owner)
    left: tuple[Any, ...] = log.wrap(call.effects.arguments, origin_of(owner))
    note(owner, f"the arguments of {call.text}", left)
    return left


@contextmanager
def unrecorded(owner: StudentProxy) -> Iterator[None]:
    """Do something without adding its answers to the log."""
    log = call_log_of(owner)
    before, log.recording = log.recording, False
    try:
        yield
    finally:
        log.recording = before


@contextmanager
def incidental(owner: StudentProxy) -> Iterator[None]:
    """Call something for its side effects, while another check judges what it returns.

    A second mistake, in the returned value, then does not hide the name of the one in the side effects.
    """
    log = call_log_of(owner)
    before, log.judging = log.judging, False
    try:
        yield
    finally:
        log.judging = before


@contextmanager
def aside(owner: StudentProxy) -> Iterator[None]:
    """Find something out without leaving a trace: the calls of the check itself stay the last ones."""
    log = call_log_of(owner)
    calls = len(log.calls)
    try:
        with unrecorded(owner):
            yield
    finally:
        del log.calls[calls:]


def note(owner: StudentProxy, what: str, value: Any) -> None:
    """Add something that a check observed in another way to what misconceptions are compared by."""
    call_log_of(owner).record_answer(Read(what, value))


def first_way_that_fits(
    owner: StudentProxy, fact: str, find_out: Callable[[], bool], check: Callable[..., None]
) -> None:
    """Run `check(False)`; if it fails and a fact about another part explains that, run `check(True)`.

    The fact is kept in the log: a misconception that is compared with the student's code is checked in
    the way that fitted the student's code.
    """
    __tracebackhide__ = True
    log = call_log_of(owner)
    if not log.facts.get(fact):
        answers = len(log.answers)
        try:
            return check(False)
        except Exception:
            if fact not in log.facts:
                with aside(owner):
                    log.facts[fact] = find_out()
            if not log.facts[fact]:
                raise
        del log.answers[answers:]
    check(True)


def call_quietly(function: StudentProxy, *args: Any, **kwargs: Any) -> Any:
    """Call a function for its side effects; return None if it fails."""
    return try_quietly(function, lambda: function(*args, **kwargs))


def try_quietly(function: StudentProxy, act: Callable[[], Answer]) -> Answer | None:
    """Do something that calls the function; return None if it fails.

    If the function does not end within `SETUP_CALL_SECONDS`, it is not tried again.
    """
    name, timed_out = origin_of(function).function, call_log_of(function).backend.timed_out
    if name in timed_out:
        return None
    with unrecorded(function):
        try:
            with limit.at_most(SETUP_CALL_SECONDS):
                return act()
        except ProcessLost:
            timed_out.add(name)
            raise
        except Exception:  # the check that grades this function will report the error
            return None
        except TimeLimitReached:
            timed_out.add(name)
            return None


def helps(owner: StudentProxy) -> bool:
    """Return whether the grader may provide correct versions of other parts, and note that it does."""
    log = call_log_of(owner)
    log.helped = log.helped or log.helping
    return log.helping


def construct_or_note(cls: StudentProxy, *args: Any) -> StudentProxy | None:
    """Create an object of the student's class; if that raises, return None and note it in the log."""
    log = call_log_of(cls)
    made: StudentProxy | None = call_quietly(cls, *args)
    if made is None and log.calls and not isinstance(log.calls[-1].error, NotImplementedError):
        log.constructor = log.calls[-1]
    return made


def bare_instance(cls: StudentProxy) -> StudentProxy:
    """Create an object of the student's class without running its constructor."""
    log = call_log_of(cls)
    made: StudentProxy = log.wrap(
        log.backend.create_uninitialised(handle_of(cls).target), origin_of(cls)
    )
    return made
