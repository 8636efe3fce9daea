"""What checks do with the student's code around the call that they judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from grader.checking.proxy import Call, StudentProxy, assign, call_log_of, handle_of, origin_of
from grader.runtime.backend import Arguments
from grader.runtime.errors import ProcessLost
from grader.runtime.time_limit import SETUP_CALL_SECONDS, TimeLimitReached, limit

Answer = TypeVar("Answer")


def set_quietly(owner: StudentProxy, **values: Any) -> None:
    """Set what can be set of some attributes: a layer may guard them."""
    assign(owner, values, quietly=True)


def call_each(
    function: StudentProxy, several: Iterable[Sequence[Any]], **kwargs: Any
) -> Iterator[Any]:
    """Call a function with one list of arguments after the other, and yield what comes back.

    All calls are made before the first answer is looked at, which saves the time of sending them one by
    one to another process. The last call on record is the one whose answer was yielded last.
    """
    __tracebackhide__ = True
    return call_log_of(function).call_each(function, [Arguments(args, kwargs) for args in several])


def last_call(stand_in: StudentProxy) -> Call:
    """Return the record of the last call in this stand-in's log."""
    return call_log_of(stand_in).calls[-1]


@contextmanager
def unrecorded(owner: StudentProxy) -> Iterator[None]:
    """Do something of which nothing is to be judged by its answers."""
    log = call_log_of(owner)
    before, log.recording = log.recording, False
    try:
        yield
    finally:
        log.recording = before


def call_quietly(function: StudentProxy, *args: Any, **kwargs: Any) -> Any:
    """Call a function for what it leaves behind, whatever happens; return None if it fails."""
    return try_quietly(function, lambda: function(*args, **kwargs))


def try_quietly(function: StudentProxy, act: Callable[[], Answer]) -> Answer | None:
    """Do something that calls the function, whatever happens; return None if it fails.

    A function that does not end within `SETUP_CALL_SECONDS` is not tried like this again.
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
        except Exception:  # what is wrong with it shows where it is graded
            return None
        except TimeLimitReached:
            timed_out.add(name)
            return None


def helps(owner: StudentProxy) -> bool:
    """Tell whether the grader does right what belongs to other parts, and note that it does."""
    log = call_log_of(owner)
    log.helped = log.helped or log.helping
    return log.helping


def bare_instance(cls: StudentProxy) -> StudentProxy:
    """Make an object of the student's class without running its constructor."""
    log = call_log_of(cls)
    made: StudentProxy = log.wrap(log.backend.bare(handle_of(cls).target), origin_of(cls))
    return made
