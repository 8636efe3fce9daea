"""Run the student's code in a separate process: the counterpart of `LocalBackend`."""

from __future__ import annotations

import gc
import math
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from grader.common.printable import printable
from grader.runtime.backend import Arguments, CallResult, Handle
from grader.runtime.error_report import rebuild
from grader.runtime.errors import ProcessLost
from grader.runtime.plain_data import MOST_METHODS, is_public
from grader.runtime.time_limit import WAITING, TimeLimitReached, limit
from grader.sandbox.client import responses
from grader.sandbox.client.callbacks import CallbackTable, CallbackTarget
from grader.sandbox.client.connection import Deadline, OutOfTime, ProcessEnded
from grader.sandbox.client.process_pool import ProcessPool
from grader.sandbox.client.responses import Answer
from grader.sandbox.client.worker_process import Process
from grader.sandbox.protocol.argument_arrays import arrays_in
from grader.sandbox.protocol.codec import ProtocolError

GRACE, SLACK = 3.0, 1.0
"""Wall-clock and CPU seconds that the process may take beyond its time, to report that time is up."""
MOST_BYTES = 100_000_000
"""Bytes that all responses of one check may hold: they are kept to its end."""
PROCESS_GONE = "the process that ran your code is gone"
MOST_KNOWN = 5000
"""How many methods of a check's objects may be known by name, without a request for each."""
CALLS_PER_MESSAGE = 100


class RemoteBackend:
    """A `Backend` in another process: a target is the number that the process gave an object.

    Parameters
    ----------
    pool : ProcessPool
        Provides the processes, and takes them back.

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
        self._callbacks = CallbackTable()
        self._known: dict[tuple[Any, str], Handle] = {}
        self._queued: list[list[Any]] = []

    def begin(self, exercise: str, seed: int, without: tuple[str, ...] = ()) -> None:
        """Start a check of an exercise, in the exercise's process or in a new one.

        Parameters
        ----------
        exercise : str
        seed : int
            For the random numbers that the code draws.
        without : tuple of str
            Packages that the code must not use.
        """
        seconds = self._pool.limits.submission_seconds
        if self._ends == math.inf:
            self._ends = time.monotonic() + seconds
        if time.monotonic() > self._ends:
            raise TimeLimitReached(f"the whole submission took more than {seconds} seconds")
        now = self._exercise, self._without
        self.is_fresh = self._process is None or now != (exercise, without)
        if self.is_fresh:
            with limit.paused():  # starting a process does not count as the submission's time
                self._start_process(exercise, without)
        self._callbacks = CallbackTable()
        self._known.clear()
        if self._process is not None and self._process.set_allowance(MOST_BYTES) < MOST_BYTES / 2:
            gc.collect()  # exceptions and their frames refer to each other, and to large answers
        # Attributes that the last check queued are set quietly: if that fails, this check must not.
        late = [] if self.is_fresh else [[*s[:3], True] for s in self._queued if s[0] == "set"]
        self._queued = [*late, ["begin", seed]]

    def load(self, exercise: str) -> Answer:
        """Import an exercise; the answer says what is wrong with it."""
        return self._request(["load", exercise])[0]

    def get(self, target: Any, name: str) -> Any:
        """Return a copy of an attribute's value, or a handle to it.

        A class is requested once, and a method that is known by name is not requested at all.
        """
        __tracebackhide__ = True
        if (target, name) in self._known:
            return self._known[target, name]
        value = _value(self._request(["get", Handle(target, ""), name])[0])
        if isinstance(value, Handle) and value.kind == "type":
            self._known[target, name] = value
        return value

    def set(self, target: Any, values: Mapping[str, Any], *, quietly: bool = False) -> None:
        """Queue the setting of attributes to copies of the values; the next request sends it."""
        for name in values:
            self._known.pop((target, name), None)
        # Copy the arrays now: the check may change them later.
        now = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in values.items()}
        self._queued.append(["set", Handle(target, ""), now, quietly])

    def settle(self) -> None:
        """Send what is queued."""
        if self._queued:
            self._request()

    def create_uninitialised(self, target: Any) -> Any:
        """Create an instance of a class without running its constructor."""
        __tracebackhide__ = True
        return _value(self._request(["create_uninitialised", Handle(target, "")])[0])

    def call(self, target: Any, several: Sequence[Arguments]) -> list[CallResult]:
        """Call with copies of each set of arguments, until a call raises something."""
        __tracebackhide__ = True
        owner, name = target if isinstance(target, tuple) else (target, "")
        head = ["call", Handle(owner, ""), name]
        steps = [[*head, list(args), dict(kwargs)] for args, kwargs in several]
        calls: list[CallResult] = []
        for start in range(0, len(steps), CALLS_PER_MESSAGE):
            calls += map(_call_result, self._request(*steps[start : start + CALLS_PER_MESSAGE]))
            if calls[-1].error is not None:
                break
        return calls

    def stop(self) -> None:
        """Give up the process: end it, or return it to the pool if nothing in it was changed."""
        self._queued = []
        if self._process is None:
            return
        process, as_new = self._process, self._process.end_child_and_audit()
        self._show_printed()
        self._process = None
        if as_new:
            process.reset_output()
            self._pool.take_back(process, self._without)
        else:
            process.stop()

    def _drop(self) -> None:
        """End the process."""
        self._queued = []
        if self._process is not None:
            self._process.stop()
            self._show_printed()
            self._process = None

    def _start_process(self, exercise: str, without: tuple[str, ...]) -> None:
        """Start a process for another exercise, one that the last exercise has not changed."""
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
                # The last exercise may have brought this process down, but not the next process.
                self._drop()
                if last_try:
                    raise ProcessLost(f"{PROCESS_GONE}: {error or 'it did not start'}") from None
            except BaseException:
                self._drop()
                raise

    def _request(self, *steps: list[Any]) -> list[Answer]:
        """Have the process take the queued steps, then these, up to the first that fails.

        Returns
        -------
        answers : list of Answer
            To these steps. If a queued step failed, its error is raised instead.
        """
        __tracebackhide__ = True
        if self._process is None:
            raise ProcessLost(PROCESS_GONE)
        seconds = limit.left()
        if seconds <= 0:
            raise TimeLimitReached("there is no time left")
        queued, self._queued = self._queued, []
        message = self._send(self._process, [seconds, *queued, *steps], seconds)
        try:
            answers = responses.read(message, len(queued) + len(steps))
        except ProtocolError as error:
            self._lose(f"it sent a malformed response ({error})")
        for answer in answers[: len(queued)]:
            _value(answer)
        return answers[len(queued) :]

    def _send(self, process: Process, request: list[Any], seconds: float) -> list[Any]:
        """Send a request; return the process's response, for which it has this many seconds."""
        __tracebackhide__ = True
        start, before = time.monotonic(), process.cpu_seconds()
        # Waiting counts at a reduced rate, so code that sleeps may take longer on the wall clock.
        longest = min(seconds / WAITING, self._ends - start) + GRACE
        deadline = Deadline(longest, process.cpu_seconds, before + seconds + SLACK)
        try:
            answer = self._exchange(process, request, deadline)
        except OutOfTime:
            self._lose("it did not stop when its time was up", in_time=False)
        except ProcessEnded as error:
            self._lose(str(error))
        except BaseException:  # half a message may be on its way
            self._drop()
            raise
        self._show_printed()
        # This process's clock counted the wait at the reduced rate; the CPU time counts in full.
        passed, worked = time.monotonic() - start, process.cpu_seconds() - before
        limit.charge(max(0.0, min(worked, passed) - WAITING * passed))
        return answer

    def _exchange(self, process: Process, request: list[Any], deadline: Deadline) -> list[Any]:
        process.send(request, self._refer, deadline)
        while (answer := process.receive(self._resolve, deadline))[0] == "ask":
            try:
                process.send(self._run_callback(answer), self._refer, deadline)
            except ValueError as error:  # two small arrays can make a large one
                failure = ["raised", type(error).__name__, str(error)]
                process.send(failure, self._refer, deadline)
        return answer

    def _run_callback(self, request: list[Any]) -> list[Any]:
        """Call a callback for the student's code; answer with what it returned and changed."""
        if [type(field) for field in request[3:]] != [tuple, dict]:
            raise ProcessEnded("it sent a malformed request")
        arrays = list(arrays_in(request[3:], request[3:]))
        before = [array.copy() for array in arrays]
        try:
            answer = self._callbacks.call(*request[1:])
            return ["answer", answer, _changed(before, arrays)]
        except ProtocolError as error:
            raise ProcessEnded(f"it sent a malformed request ({error})") from None
        except Exception as error:
            return ["raised", type(error).__name__, str(error)[:1000]]

    def _lose(self, reason: str, *, in_time: bool = True) -> NoReturn:
        """End the process, and raise `ProcessLost`."""
        self._drop()
        raise ProcessLost(f"{PROCESS_GONE}: {reason}", in_time=in_time) from None

    def _refer(self, value: Any) -> list[Any]:
        if isinstance(value, Handle):
            if isinstance(value.target, tuple):
                return ["m", *value.target]
            if not isinstance(value.target, CallbackTarget):
                return ["r", value.target]
            value = value.target
        return ["g", *self._callbacks.register(value)]

    def _resolve(self, tag: str, fields: list[Any]) -> Any:
        if tag == "g" and len(fields) == 1:
            return self._callbacks.reference(fields[0])
        if tag == "r" and len(fields) == 3:
            number, kind, methods = fields
            if type(number) is int and isinstance(kind, str) and _are_names(methods):
                if len(self._known) < MOST_KNOWN:  # each further one takes a request
                    for name in methods:
                        self._known[number, name] = Handle((number, name), "method")
                return Handle(number, printable(kind[:100]))
        raise ProtocolError("it refers to an unknown object")

    def _show_printed(self) -> None:
        if self._process is not None and (text := self._process.take_output()):
            sys.stdout.write(text)


def _changed(before: list[NDArray[Any]], after: list[NDArray[Any]]) -> list[list[Any]]:
    """Return the number of each array that has changed, and what it holds now."""
    pairs = enumerate(zip(before, after, strict=True))
    return [[i, new] for i, (old, new) in pairs if not np.array_equal(old, new, equal_nan=True)]


def _call_result(answer: Answer) -> CallResult:
    error = rebuild(answer.raised) if answer.raised else None
    return CallResult(answer.value, error, answer.effects)


def _are_names(value: Any) -> bool:
    """Return whether a value is a list of public method names."""
    return isinstance(value, list) and len(value) <= MOST_METHODS and all(map(is_public, value))


def _value(answer: Answer) -> Any:
    """Return the value of an answer, or raise its error."""
    __tracebackhide__ = True
    if answer.raised:
        raise rebuild(answer.raised)
    return answer.value
