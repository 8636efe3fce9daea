"""The student's code in a process of its own: the second `Backend`."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import numpy as np

from grader.common.printable import printable
from grader.runtime.backend import Arguments, CallResult, Handle
from grader.runtime.error_report import rebuild
from grader.runtime.errors import ProcessLost
from grader.runtime.marshal import MOST_METHODS, is_public
from grader.runtime.time_limit import WAITING, TimeLimitReached, limit
from grader.sandbox.client import responses
from grader.sandbox.client.callbacks import CallbackTable, CallbackTarget
from grader.sandbox.client.connection import Deadline, OutOfTime, ProcessEnded
from grader.sandbox.client.process_pool import ProcessPool
from grader.sandbox.client.responses import Answer
from grader.sandbox.client.worker_process import Process
from grader.sandbox.protocol.codec import ProtocolError

GRACE, SLACK = 3.0, 1.0
"""Seconds beyond its time that the process may take, and work, to say that its time is over."""
MOST_BYTES = 200_000_000
"""What all answers of one check may take: they are kept to its end."""
GONE = "the process of this code is gone"
MOST_KNOWN = 5000
"""How many methods of all objects of a check are known by their names."""
AT_ONCE = 100
"""How many calls go into one message."""


class RemoteBackend:
    """A `Backend` in another process: a target is a number that the process has given to an object.

    Parameters
    ----------
    pool : ProcessPool
        Where the processes come from, and go back to.

    Attributes
    ----------
    is_fresh : bool
        Whether no code of the submission had run in the process before this check.
    """

    def __init__(self, pool: ProcessPool) -> None:
        self.timed_out: set[str] = set()
        self.is_fresh = False
        self._pool = pool
        self._ends = math.inf
        self._process: Process | None = None
        self._exercise: str | None = None
        self._without: tuple[str, ...] = ()
        self._lent = CallbackTable()
        self._known: dict[tuple[Any, str], Handle] = {}
        self._waiting: list[list[Any]] = []

    def begin(self, exercise: str, seed: int, without: tuple[str, ...] = ()) -> None:
        """Start a check of an exercise: in the process of its code, or in a new one.

        Parameters
        ----------
        exercise : str
        seed : int
            For the random numbers that the code draws.
        without : tuple of str
            Packages that it must not see.
        """
        seconds = self._pool.limits.submission_seconds
        if self._ends == math.inf:
            self._ends = time.monotonic() + seconds
        if time.monotonic() > self._ends:
            raise TimeLimitReached(f"the whole submission has taken more than {seconds} seconds")
        now = self._exercise, self._without
        self.is_fresh = self._process is None or now != (exercise, without)
        if self.is_fresh:
            with limit.paused():  # the start is not the submission's doing
                self._change(exercise, without)
        self._lent = CallbackTable()
        self._known.clear()
        if self._process is not None:
            self._process.allow(MOST_BYTES)
        # Whether what the last check still wanted can be done is none of this one's business.
        late = [] if self.is_fresh else [[*s[:3], True] for s in self._waiting if s[0] == "set"]
        self._waiting = [*late, ["begin", seed]]

    def load(self, exercise: str) -> Answer:
        """Import an exercise; what is wrong with it is in the answer."""
        return self._do(["load", exercise])[0]

    def get(self, target: Any, name: str) -> Any:
        """Return a copy of the value of an attribute, or a reference to it.

        A class is asked for once, and a method goes by its name.
        """
        __tracebackhide__ = True
        if (target, name) in self._known:
            return self._known[target, name]
        value = _value(self._do(["get", Handle(target, ""), name])[0])
        if isinstance(value, Handle) and value.kind == "type":
            self._known[target, name] = value
        return value

    def set(self, target: Any, values: Mapping[str, Any], *, quietly: bool = False) -> None:
        """Set attributes to copies of the values, together with what is done next."""
        for name in values:
            self._known.pop((target, name), None)
        # As they are now: the check may go on with its arrays.
        now = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in values.items()}
        self._waiting.append(["set", Handle(target, ""), now, quietly])

    def settle(self) -> None:
        """Do what still waits for what is done next."""
        if self._waiting:
            self._do()

    def bare(self, target: Any) -> Any:
        """Make an object of a class without running its constructor."""
        __tracebackhide__ = True
        return _value(self._do(["bare", Handle(target, "")])[0])

    def call(self, target: Any, several: Sequence[Arguments]) -> list[CallResult]:
        """Call with copies of each of the arguments, until a call raises something."""
        __tracebackhide__ = True
        owner, name = target if isinstance(target, tuple) else (target, "")
        head = ["call", Handle(owner, ""), name]
        steps = [[*head, list(args), dict(kwargs)] for args, kwargs in several]
        calls: list[CallResult] = []
        for start in range(0, len(steps), AT_ONCE):
            calls += map(_ended, self._do(*steps[start : start + AT_ONCE]))
            if calls[-1].error is not None:
                break
        return calls

    def stop(self) -> None:
        """Have no process any more: one of which nothing was changed may serve another submission."""
        self._waiting = []
        if self._process is None:
            return
        process, as_new = self._process, self._process.is_as_new()
        self._show_printed()
        self._process = None
        if as_new:
            process.forget_printed()
            self._pool.take_back(process, self._without)
        else:
            process.stop()

    def _drop(self) -> None:
        """End the process."""
        self._waiting = []
        if self._process is not None:
            self._process.stop()
            self._show_printed()
            self._process = None

    def _change(self, exercise: str, without: tuple[str, ...]) -> None:
        """Have a new process for another exercise, one that the last has not changed."""
        if without != self._without:
            self.stop()
        for last_try in (False, True):
            try:
                if self._process is None:
                    self._process = self._pool.take(without)
                self._process.start_child()
                self._exercise, self._without = exercise, without
                return
            except (ProcessEnded, OutOfTime) as error:
                # The last exercise may have brought the process down, but not the one after that.
                self._drop()
                if last_try:
                    raise ProcessLost(f"{GONE}: {error or 'it does not start'}") from None
            except BaseException:
                self._drop()
                raise

    def _do(self, *steps: list[Any]) -> list[Answer]:
        """Have the process do what waits, and then this, up to the first step that fails.

        Returns
        -------
        answers : list of Answer
            To the steps; if nothing that waited fails, which is raised.
        """
        __tracebackhide__ = True
        if self._process is None:
            raise ProcessLost(GONE)
        seconds = limit.left()
        if seconds <= 0:
            raise TimeLimitReached("there is no time left for it")
        waiting, self._waiting = self._waiting, []
        message = self._talk(self._process, [seconds, *waiting, *steps], seconds)
        try:
            given = responses.read(message, len(waiting) + len(steps))
        except ProtocolError as error:
            self._lose(f"it has sent what no answer is ({error})")
        for answer in given[: len(waiting)]:
            _value(answer)
        return given[len(waiting) :]

    def _talk(self, process: Process, request: list[Any], seconds: float) -> list[Any]:
        """Return what the process answers, which has so many seconds to do so."""
        __tracebackhide__ = True
        start, before = time.monotonic(), process.worked()
        # Waiting counts a fraction, so code that sleeps may take longer than its seconds.
        longest = min(seconds / WAITING, self._ends - start) + GRACE
        patience = Deadline(longest, process.worked, before + seconds + SLACK)
        try:
            answer = self._exchange(process, request, patience)
        except OutOfTime:
            self._lose("it did not end in its time, and could not be stopped", in_time=False)
        except ProcessEnded as error:
            self._lose(str(error))
        except BaseException:  # half a message may be on its way
            self._drop()
            raise
        self._show_printed()
        # The clock of this process has counted the wait for a part; the work counts in full.
        passed, worked = time.monotonic() - start, process.worked() - before
        limit.charge(max(0.0, min(worked, passed) - WAITING * passed))
        return answer

    def _exchange(self, process: Process, request: list[Any], patience: Deadline) -> list[Any]:
        process.send(request, self._refer, patience)
        while (answer := process.receive(self._resolve, patience))[0] == "ask":
            try:
                process.send(self._help(answer), self._refer, patience)
            except ValueError as error:  # two small arrays can make a large one
                failure = ["raised", type(error).__name__, str(error)]
                process.send(failure, self._refer, patience)
        return answer

    def _help(self, question: list[Any]) -> list[Any]:
        """Call something of the grader's for the student's code."""
        if [type(field) for field in question[3:]] != [tuple, dict]:
            raise ProcessEnded("it asks in a way that none can")
        try:
            return ["answer", self._lent.call(*question[1:])]
        except ProtocolError as error:
            raise ProcessEnded(f"it has sent what no answer is ({error})") from None
        except Exception as error:
            return ["raised", type(error).__name__, str(error)[:1000]]

    def _lose(self, reason: str, *, in_time: bool = True) -> NoReturn:
        """Give the process up."""
        self._drop()
        raise ProcessLost(f"{GONE}: {reason}", in_time=in_time) from None

    def _refer(self, value: Any) -> list[Any]:
        if isinstance(value, Handle):
            if isinstance(value.target, tuple):
                return ["m", *value.target]
            if not isinstance(value.target, CallbackTarget):
                return ["r", value.target]
            value = value.target
        return ["g", *self._lent.lend(value)]

    def _resolve(self, tag: str, fields: list[Any]) -> Any:
        if tag == "g" and len(fields) == 1:
            return self._lent.reference(fields[0])
        if tag == "r" and len(fields) == 3:
            number, kind, methods = fields
            if type(number) is int and isinstance(kind, str) and _are_names(methods):
                if len(self._known) < MOST_KNOWN:  # beyond that, one has to ask
                    for name in methods:
                        self._known[number, name] = Handle((number, name), "method")
                return Handle(number, printable(kind[:100]))
        raise ProtocolError("it refers to nothing")

    def _show_printed(self) -> None:
        if self._process is not None and (text := self._process.take_printed()):
            sys.stdout.write(text)


def _ended(answer: Answer) -> CallResult:
    error = rebuild(answer.raised) if answer.raised else None
    return CallResult(answer.value, error, answer.effects)


def _are_names(value: Any) -> bool:
    """Tell whether something is a list of what methods may be called."""
    return isinstance(value, list) and len(value) <= MOST_METHODS and all(map(is_public, value))


def _value(answer: Answer) -> Any:
    """Return the value of an answer, or raise what was raised."""
    __tracebackhide__ = True
    if answer.raised:
        raise rebuild(answer.raised)
    return answer.value
