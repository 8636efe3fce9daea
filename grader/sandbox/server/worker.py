"""Run the code of one exercise in this process, as the grader requests."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from grader.runtime.backend import Arguments, Handle, SideEffects
from grader.runtime.error_report import describe
from grader.runtime.errors import ImportFailed
from grader.runtime.load_submission import SubmissionCode, has_data
from grader.runtime.plain_data import export, methods_of
from grader.runtime.process_state import preserved_process_state, seed_generators
from grader.runtime.time_limit import limit
from grader.sandbox.protocol.argument_arrays import arrays_in
from grader.sandbox.server.callbacks import CallbackFunction, CallbackObject, callback_for
from grader.sandbox.server.channel import Channel
from grader.sandbox.server.explain_refusal import explain_refusal


class Worker:
    """Handles the grader's requests with the code of one exercise.

    Parameters
    ----------
    channel : Channel
    folder : Path
        Where the submission is.
    """

    def __init__(self, channel: Channel, folder: Path) -> None:
        self._channel = channel
        self._submission = SubmissionCode(folder)
        self._objects: list[Any] = []
        self._callbacks: dict[int, Any] = {}
        backend = self._submission.backend
        self._operations: dict[str, Callable[..., Any]] = {
            "begin": self._begin,
            "load": self._load,
            "get": lambda target, name: backend.get(target, name),
            "set": lambda target, values, quietly: backend.set(target, values, quietly=quietly),
            "create_uninitialised": lambda target: backend.create_uninitialised(target),
        }

    def serve(self) -> NoReturn:
        """Answer requests until the grader hangs up."""
        if has_data(self._submission.folder):  # its code expects them in the working folder
            os.chdir(self._submission.folder)
        # A limit around all others keeps one timer running, instead of starting one for each.
        with self._submission.active(), limit.at_most(math.inf):
            self._channel.send(["ready"])
            while True:
                answers = self._answers(*self._channel.receive(self._resolve))
                _flush()
                try:
                    self._channel.send(["answers", *answers], self._refer)
                except ValueError as error:  # together the answers are too large
                    small = [_done()] * (len(answers) - 1)
                    self._channel.send(["answers", *small, self._failure(error, SideEffects())])

    def _answers(self, seconds: float, *steps: list[Any]) -> list[list[Any]]:
        """Take steps, up to the first that fails; return the outcome and side effects of each."""
        answers: list[list[Any]] = []
        try:
            with preserved_process_state(), limit.at_most(seconds):
                for operation, *fields in steps:
                    answers.append(self._answer(operation, *fields))
                    if answers[-1][0] == "failed":
                        break
        except BaseException as error:  # whatever it is, keep this process running
            answers[len(steps) - 1 :] = []
            answers.append(self._failure(error, SideEffects()))
        return answers

    def _answer(self, operation: str, *fields: Any) -> list[Any]:
        if operation != "call":
            return _done(self._operations[operation](*fields))
        target, name, *arguments = fields
        called = getattr(target, name) if name else target
        ((value, error, effects),) = self._submission.backend.call(called, [Arguments(*arguments)])
        return self._failure(error, effects) if error else _done(value, effects)

    def _failure(self, error: BaseException, effects: SideEffects) -> list[Any]:
        folder, reason = self._submission.folder, ""
        if isinstance(error, ImportFailed):
            reason, error = error.reason, error.__cause__ or error
        kind, family, text, frames = describe(error, folder)
        if refusal := explain_refusal(error):
            text = f"{text} ({refusal})"
        raised = [kind, family, text, [list(frame) for frame in frames[-50:]], reason]
        return ["failed", raised, list(effects.changed), list(effects.warnings)]

    def _begin(self, seed: int) -> None:
        """Start a check: forget the objects of the last one."""
        self._objects.clear()
        self._callbacks.clear()
        seed_generators(seed)

    def _load(self, exercise: str) -> Any:
        return self._submission.load(exercise)

    def _refer(self, value: Any) -> list[Any]:
        """Return the reference to an object of the submission, or to a callback."""
        target = value.target if isinstance(value, Handle) else value
        if isinstance(target, CallbackFunction | CallbackObject):
            return ["g", target.number]
        self._objects.append(target)
        kind = value.kind if isinstance(value, Handle) else "?"
        return ["r", len(self._objects) - 1, kind, methods_of(target)]

    def _resolve(self, tag: str, fields: list[Any]) -> Any:
        if tag == "r":
            return self._objects[fields[0]]
        if tag == "m":
            return getattr(self._objects[fields[0]], fields[1])
        number, name, methods = fields
        if number not in self._callbacks:
            self._callbacks[number] = callback_for(self._ask, number, name, methods)
        return self._callbacks[number]

    def _ask(self, number: int, method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Ask the grader to call one of its own functions or methods; change what it has changed."""
        _flush()
        sent = [export(args), export(kwargs)]
        self._channel.send(["ask", number, method, *sent], self._refer)
        answer = self._channel.receive(self._resolve)
        if answer[0] == "answer":
            own = list(arrays_in([args, kwargs], sent)) if answer[2] else []
            for which, changed in answer[2]:
                own[which][...] = changed
            return answer[1]
        raise _exception(*answer[1:])


def _done(value: Any = None, effects: SideEffects | None = None) -> list[Any]:
    effects = effects or SideEffects()
    left = [list(effects.arguments)] if effects.arguments else []
    return ["done", value, list(effects.changed), list(effects.warnings), *left]


def _exception(kind: str, text: str) -> Exception:
    """Return an exception with the same class name as the one that the grader raised."""
    cls = getattr(sys.modules["builtins"], kind, None)
    if not (isinstance(cls, type) and issubclass(cls, Exception)):
        cls = type(kind, (Exception,), {})
    try:
        error: Exception = cls(text)
    except TypeError:  # some need more than a text
        return Exception(f"{kind}: {text}")
    return error


def _flush() -> None:
    """Flush the output, before the grader continues."""
    for stream in (sys.__stdout__, sys.__stderr__):
        try:
            if stream is not None:
                stream.flush()
        except Exception:  # the code may have closed the stream
            continue
