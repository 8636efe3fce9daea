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
"""How long a check may take, unless it says otherwise. They take milliseconds, plain loops a second."""
IMPORT_SECONDS = 20.0
"""For importing a file, once, beside the check's own time: SciPy alone may take some of it."""
SETUP_CALL_SECONDS = 2.0
"""For a call that is made only for what it leaves behind."""

TICK = 0.25
"""Seconds between looks at the clock. It goes on ticking once time is up, lest a bare `except:` in the
code swallow the only exception."""

WAITING = 0.25
"""What a second counts in which the process did not run: it may have slept, or another may have had the
processor. So a busy machine costs nobody marks, and code that sleeps is stopped all the same."""

Handler = Callable[[int, types.FrameType | None], None]


class TimeLimitReached(BaseException):
    """The code ran longer than it may.

    Not an `Exception`, so that an `except Exception` in the code that hangs does not swallow it.
    """


class NotInMainThread(GraderError):
    """A time limit was asked for where there can be none."""


class TimeLimit:
    """Limits the time of a block of code; does nothing while someone debugs.

    Unix delivers a timer signal, which also ends a `time.sleep`. RemoteError a thread interrupts the
    main thread at its next bytecode. Elsewhere nothing can
    be interrupted, so a limit off the main thread is an error.
    """

    def __init__(self) -> None:
        self._spent = 0.0
        self._deadline = math.inf
        self._allowed = math.inf
        self._last = (0.0, 0.0)
        self._ticking = False

    def suspend(self) -> None:
        """Let the block that is running take as long as it likes (someone is at a prompt)."""
        self._deadline = math.inf

    def left(self) -> float:
        """Return the seconds that the block that is running may still take."""
        return self._deadline - self._now()

    def charge(self, seconds: float) -> None:
        """Count time that another process has worked for the block that is running."""
        self._spent += seconds

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not count the time that a part of the block takes."""
        left = self._deadline - self._now()
        self._deadline = math.inf
        try:
            yield
        finally:
            self._deadline = self._now() + left

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Raise `TimeLimitReached` in the block when it has run for so many seconds.

        A block inside a limited block has a limit of its own, and the outer one still counts.
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
        """Return the seconds that count, since whenever."""
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
                raise TimeLimitReached(f"had not ended after {self._allowed:g} seconds")

        self._ticking = True
        try:
            with _alarm(look) if hasattr(signal, "setitimer") else _watch(look):
                yield
        finally:
            self._ticking = False


limit = TimeLimit()
"""The one of this process: there is one main thread to interrupt."""


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
