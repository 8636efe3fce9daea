"""The student's code in a process of its own: the second `Place`."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from grader.sandbox import answers
from grader.sandbox.answers import Answer
from grader.sandbox.boundary import Effects, Reference, WorkerLost
from grader.sandbox.jail import Command
from grader.sandbox.lending import Lending
from grader.sandbox.limits import Limits
from grader.sandbox.process import OutOfTime, Process, ProcessEnded, ending
from grader.sandbox.raised import rebuild
from grader.sandbox.time_limit import WAITING, TimeLimitReached, limit
from grader.sandbox.wire import WireError

GRACE = 3.0
"""Seconds beyond its time that the process may take to say that its time is over."""
METHOD = "method"
"""The kind of a bound method, of which an object is asked for once: later it goes by its name."""
LEAVING = 2.0
"""Seconds for the process of one exercise to make way for that of the next."""


class Distant:
    """A `Place` in another process: a target is a number that the process has given to an object.

    Parameters
    ----------
    command : Command
        How to start a process.
    limits : Limits
    preload : sequence of str
        Modules that the process imports at once.

    Attributes
    ----------
    fresh : bool
        Whether no code of the submission had run in the process before this check.
    """

    def __init__(self, command: Command, limits: Limits, preload: Sequence[str]) -> None:
        self.hanging: set[str] = set()
        self.fresh = False
        self._start = (command, limits, preload)
        self._ends = math.inf
        self._process: Process | None = Process(*self._start)
        self._exercise: str | None = None
        self._lent = Lending()
        self._methods: set[tuple[Any, str]] = set()

    def begin(self, exercise: str, seed: int) -> None:
        """Start a check of an exercise: in the process of its code, or in a new one."""
        if self._ends == math.inf:
            self._ends = time.monotonic() + self._start[1].submission_seconds
        if time.monotonic() > self._ends:
            seconds = self._start[1].submission_seconds
            raise TimeLimitReached(f"the whole submission has taken more than {seconds} seconds")
        self.fresh = self._process is None or exercise != self._exercise
        if self.fresh:
            self._change(exercise)
        self._lent = Lending()
        self._methods.clear()
        self._do("begin", seed)

    def load(self, exercise: str) -> Answer:
        """Import an exercise; what is wrong with it is in the answer."""
        return self._do("load", exercise)

    def get(self, target: Any, name: str) -> Any:
        """Return a copy of the value of an attribute, or a reference to it."""
        __tracebackhide__ = True
        if (target, name) in self._methods:
            return Reference((target, name), METHOD)
        value = _value(self._do("get", Reference(target, ""), name))
        if isinstance(value, Reference) and value.kind == METHOD:
            self._methods.add((target, name))
        return value

    def set(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute to a copy of the value."""
        __tracebackhide__ = True
        _value(self._do("set", Reference(target, ""), name, value))

    def bare(self, target: Any) -> Any:
        """Make an object of a class without running its constructor."""
        __tracebackhide__ = True
        return _value(self._do("bare", Reference(target, "")))

    def call(
        self, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, BaseException | None, Effects]:
        """Call with copies of the arguments; return what came back and what else it did."""
        __tracebackhide__ = True
        answer = self._do("call", Reference(target, ""), list(args), dict(kwargs))
        error = rebuild(answer.raised) if answer.raised else None
        return answer.value, error, answer.effects

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.stop()
            self._show_printed()
            self._process = None

    def _change(self, exercise: str) -> None:
        """Have a new process for another exercise, one that the last has not changed."""
        try:
            if self._process is not None and self._exercise is not None:
                self._process.send(["leave"], _refuse, LEAVING)
                if self._process.receive(_refuse, LEAVING)[0] != "ended":
                    raise ProcessEnded("it does not leave")
        except (ProcessEnded, OutOfTime):
            self.stop()
        if self._process is None:
            self._process = Process(*self._start)
            self._exercise = None
        try:
            if self._exercise is None:
                self._process.expect_start()
            self._exercise = exercise
            self._process.send(["start"], _refuse, LEAVING)
            self._process.expect_ready(GRACE)
        except (ProcessEnded, OutOfTime) as error:
            self._lose(str(error) or "it does not start")

    def _do(self, operation: str, *fields: Any) -> Answer:
        """Have the process do one thing, and answer what it asks meanwhile."""
        __tracebackhide__ = True
        if self._process is None:
            raise WorkerLost("the process of this code is gone")
        seconds = limit.left()
        if seconds <= 0:
            raise TimeLimitReached("there is no time left for it")
        start = time.monotonic()
        # Waiting counts a fraction, so code that sleeps may take longer than its seconds.
        patience = min(seconds / WAITING + GRACE, self._ends - start + GRACE)
        try:
            answer = self._exchange([operation, seconds, *fields], patience)
        except OutOfTime:
            self._lose("it did not end in its time, and could not be stopped", in_time=False)
        except ProcessEnded as error:
            self._lose(str(error))
        except BaseException:  # half a message may be on its way
            self.stop()
            raise
        self._show_printed()
        return self._read(answer, time.monotonic() - start)

    def _exchange(self, request: list[Any], patience: float) -> list[Any]:
        process, deadline = self._process, time.monotonic() + patience
        assert process is not None
        process.send(request, self._refer, patience)
        while True:
            answer = process.receive(self._resolve, deadline - time.monotonic())
            if answer[0] == "ended":
                code = answer[1] if len(answer) == 2 and isinstance(answer[1], int) else 0
                raise ProcessEnded(ending(code))
            if answer[0] != "ask":
                return answer
            reply = self._help(answer)
            process.send(reply, self._refer, deadline - time.monotonic())

    def _help(self, question: list[Any]) -> list[Any]:
        """Call something of the grader's for the student's code."""
        try:
            _, number, name, args, kwargs = question
            method = self._lent.method(number, name)
            if not isinstance(args, tuple) or not isinstance(kwargs, dict):
                raise WireError("it asks in a way that none can")
        except (ValueError, WireError) as error:
            raise ProcessEnded(f"it has sent what no answer is ({error})") from None
        try:
            return ["answer", method(*args, **kwargs)]
        except Exception as error:
            return ["raised", type(error).__name__, str(error)[:1000]]

    def _read(self, answer: list[Any], seconds: float) -> Answer:
        try:
            read = answers.read(answer)
        except WireError as error:
            self._lose(f"it has sent what no answer is ({error})")
        # The clock of this process has counted the wait for a part; the work counts in full.
        limit.charge(max(0.0, min(read.worked, seconds) - WAITING * seconds))
        return read

    def _lose(self, reason: str, *, in_time: bool = True) -> NoReturn:
        """Give the process up."""
        self.stop()
        raise WorkerLost(f"the process of this code is gone: {reason}", in_time=in_time) from None

    def _refer(self, value: Any) -> list[Any]:
        if isinstance(value, Reference):
            named = isinstance(value.target, tuple)
            return ["m", *value.target] if named else ["r", value.target]
        return ["g", *self._lent.lend(value)]

    def _resolve(self, tag: str, fields: list[Any]) -> Any:
        if tag == "g" and len(fields) == 1:
            return self._lent.find(fields[0])
        if tag == "r" and len(fields) == 2:
            number, kind = fields
            if type(number) is int and isinstance(kind, str):
                return Reference(number, kind[:100])
        raise WireError("it refers to nothing")

    def _show_printed(self) -> None:
        if self._process is not None and (text := self._process.take_printed()):
            sys.stdout.write(text)


def _value(answer: Answer) -> Any:
    """Return the value of an answer, or raise what was raised."""
    __tracebackhide__ = True
    if answer.raised:
        raise rebuild(answer.raised)
    return answer.value


def _refuse(*_: Any) -> NoReturn:
    raise WireError("it holds an object")
