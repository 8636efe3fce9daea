"""End a batch in order when its terminal is closed or its process is asked to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""What Ctrl-C, `kill` and a closed terminal send; not every system has the last."""


class Interrupted(KeyboardInterrupt):
    """Stops the batch. nbgrader removes what is half done when it sees a `KeyboardInterrupt`.

    Parameters
    ----------
    number : int
        The signal.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(signal.Signals(number).name)


_came: list[int] = []
"""The signal that has come. An exception alone could be lost where Python ignores exceptions."""


def stop_if_interrupted() -> None:
    """Raise `Interrupted` if a signal has come since `interruptible` began."""
    if _came:
        raise Interrupted(_came[0])


@contextmanager
def interruptible() -> Iterator[None]:
    """Let the signals that end a process raise `Interrupted`, once; a signal ignored stays ignored."""
    _came.clear()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, _: FrameType | None) -> None:
    if not _came:  # what is half done is being removed already
        _came.append(number)
        raise Interrupted(number)
