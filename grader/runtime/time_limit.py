"""Stop code that runs too long, in the process that runs it."""

from __future__ import annotations

import _thread
import math
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from grader.runtime.errors import GraderError

CHECK_SECONDS = 5.0
"""How long a check may take by default. Most take milliseconds; with plain loops, a second."""
IMPORT_SECONDS = 20.0
"""For importing a file, once, on top of the check's own time: SciPy alone may take some of it."""
SETUP_CALL_SECONDS = 2.0
"""For a call that is made only for its effect on the object."""

TICK = 0.25
"""Seconds between looks at the clock. Ticking goes on after time is up: a bare `except:` in the code
may swallow the first exception."""

WAITING = 0.25
"""How much a second counts in which the process did not run: it may have slept, or other processes may
have kept the processor busy. So a busy machine costs nobody marks, and code that sleeps is stopped."""

Handler = Callable[[int, types.FrameType | None], None]


class TimeLimitReached(BaseException):
    """The code ran longer than it may.

    Not an `Exception`, so that an `except Exception` in the code that hangs does not swallow it.
    """


class NotInMainThread(GraderError):
    """A time limit was requested outside the main thread."""


class TimeLimit:
    """Limits the time of a block of code; does nothing while someone debugs.

    On Unix a timer signal interrupts the main thread, even in a `time.sleep`. On other systems a thread
    interrupts it at its next bytecode. Other threads cannot be interrupted: a limit there is an error.
    """

    def __init__(self) -> None:
        self._spent = 0.0
        self._deadline = math.inf
        self._allowed = math.inf
        self._last = (0.0, 0.0)
        self._ticking = False

    def suspend(self) -> None:
        """Let the running block take as long as it likes (someone is at a prompt)."""
        self._deadline = math.inf

    def left(self) -> float:
        """Return how many more seconds the running block may take."""
        return self._deadline - self._now()

    def charge(self, seconds: float) -> None:
        """Count time that another process spent working for the running block."""
        self._spent += seconds

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not count the time that this part of the block takes."""
        left = self._deadline - self._now()
        self._deadline = math.inf
        try:
            yield
        finally:
            self._deadline = self._now() + left

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Raise `TimeLimitReached` in the block when it has run for this many seconds.

        Limits can be nested: the inner block has its own limit, and the outer limit still counts.
        """
        outer = self._deadline, self._allowed
        self._deadline, self._allowed = min(outer, (self._now() + seconds, seconds))
        try:
            if self._ticking:
                yield
            else:
                with self._clock():
                    yield
        finally:
            self._deadline, self._allowed = outer

    def _now(self) -> float:
        """Return the seconds counted so far, from an arbitrary start."""
        wall, processor = time.monotonic(), time.process_time()
        worked = processor - self._last[1]
        self._spent += max(worked, WAITING * (wall - self._last[0]))
        self._last = wall, processor
        return self._spent

    @contextmanager
    def _clock(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            raise NotInMainThread("only code in the main thread can be stopped when its time is up")
        if sys.gettrace() is not None:
            yield
            return

        def look(_signal: int, _frame: types.FrameType | None) -> None:
            __tracebackhide__ = True
            if self._now() >= self._deadline:
                allowed = round(self._allowed, 1)  # less if some of a check's time was spent before
                seconds = "second" if allowed == 1 else "seconds"
                raise TimeLimitReached(f"did not finish within {allowed:g} {seconds}")

        self._ticking = True
        try:
            with _alarm(look) if hasattr(signal, "setitimer") else _watch(look):
                yield
        finally:
            self._ticking = False


limit = TimeLimit()
"""The only one in this process, since there is only one main thread to interrupt."""


@contextmanager
def _alarm(handler: Handler) -> Iterator[None]:
    previous = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@contextmanager
def _watch(handler: Handler) -> Iterator[None]:
    previous = signal.signal(signal.SIGINT, handler)
    over = threading.Event()

    def interrupt() -> None:
        while not over.wait(TICK):
            _thread.interrupt_main()

    threading.Thread(target=interrupt, daemon=True).start()
    try:
        yield
    finally:
        over.set()
        signal.signal(signal.SIGINT, previous)
