"""The process in which a submission's code runs; `process.py` is its other end.

It starts as a nursery, which imports what is slow to import and never runs the submission's code. For
each exercise the nursery has a child, so that no exercise can spoil the modules of another, and a
child that dies costs little.
"""

from __future__ import annotations

import gc
import importlib
import json
import math
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from grader.sandbox import wire
from grader.sandbox.absent import stand_for
from grader.sandbox.borrowed import BorrowedFunction, BorrowedObject, borrowed
from grader.sandbox.confine import limit_resources
from grader.sandbox.limits import Limits
from grader.sandbox.place import Arguments, Effects, Reference
from grader.sandbox.plain import export, methods_of
from grader.sandbox.raised import describe
from grader.sandbox.seccomp import hide_memory, refuse_processes
from grader.sandbox.submission import CannotLoad, Submission
from grader.sandbox.time_limit import limit
from grader.sandbox.undisturbed import seed_generators, undisturbed

MOMENT = 0.1
"""Seconds in which a process goes by itself once the grader has hung up, if it goes at all."""


def main(settings: str) -> NoReturn:
    """Serve the grader, over what was this process's standard input, until it hangs up."""
    wanted = json.loads(settings)
    grader = Channel(_take_over_input())
    hide_memory()
    # The kernel keeps from the first process of a jail what its children send and it does not handle.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    limit_resources(Limits(**wanted["limits"]))
    stand_for(wanted["absent"])
    # What is imported stays. To look for garbage in it takes time, and copies it in every child.
    gc.disable()
    for name in wanted["preload"]:
        importlib.import_module(name)
    gc.freeze()
    writable = wanted["writable"]
    found = _written(writable)
    grader.send(["ready"])
    child = 0
    while True:
        match grader.receive():
            case ["start"]:
                child = _start_child(grader, Path(wanted["folder"]))
            case ["end"]:
                grader.send(["ended", _end_child(child)])
            case _:
                as_before = writable and found == _written(writable)
                grader.send(["nothing" if as_before else "something"])


def _start_child(grader: Channel, folder: Path) -> int:
    """Return the number of a new process, which speaks with the grader over a connection of its own."""
    connection = grader.receive_socket()
    os.set_blocking(1, True)  # the pipe is the same for all, and the last child may have changed it
    child = os.fork()
    if child == 0:
        grader.close()
        gc.enable()
        refuse_processes()
        _Child(Channel(connection), folder).serve()
    connection.close()
    return child


def _end_child(child: int) -> int:
    """See a process end, by itself or not, and return its exit status."""
    deadline = time.monotonic() + MOMENT
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.001)
    return os.waitstatus_to_exitcode(ended[1])


def _written(folder: str) -> set[Path]:
    """Return all that is in a folder, as far as its own file system goes; without a folder, nothing."""
    found: set[Path] = set()
    for name, folders, files in os.walk(folder):
        inside = Path(name)
        found.update(inside / entry for entry in [*folders, *files])
        folders[:] = [entry for entry in folders if not (inside / entry).is_mount()]
    return found


def _take_over_input() -> socket.socket:
    """Return the connection to the grader; the code's own standard input is empty."""
    connection = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return connection


class Channel:
    """Messages to and from the grader.

    Parameters
    ----------
    connection : socket.socket
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, message: list[Any], refer: wire.Refer | None = None) -> None:
        """Send a message."""
        self._connection.sendall(wire.pack(message, refer or _no_objects))

    def receive(self, resolve: wire.Resolve | None = None) -> Any:
        """Return the next message; end this process if there will be none."""
        size = wire.length(self._read(wire.HEADER.size))
        return wire.unpack(self._read(size), resolve or _no_objects)

    def receive_socket(self) -> socket.socket:
        """Return the end of a pair of sockets that comes after a message."""
        _, (descriptor,), _, _ = socket.recv_fds(self._connection, 1, 1)
        return socket.socket(fileno=descriptor)

    def close(self) -> None:
        """Leave the connection to others."""
        self._connection.close()

    def _read(self, count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            chunk = self._connection.recv(min(count - len(data), 1 << 20))
            if not chunk:
                os._exit(0)
            data += chunk
        return bytes(data)


def _no_objects(*_: Any) -> NoReturn:
    raise wire.WireError("this message cannot hold an object")


class _Child:
    """Does what the grader asks for with the code of one exercise.

    Parameters
    ----------
    channel : Channel
    folder : Path
        Where the submission is.
    """

    def __init__(self, channel: Channel, folder: Path) -> None:
        self._channel = channel
        self._submission = Submission(folder)
        self._objects: list[Any] = []
        self._borrowed: dict[int, Any] = {}
        place = self._submission.place
        self._operations: dict[str, Callable[..., Any]] = {
            "begin": self._begin,
            "load": self._load,
            "get": lambda target, name: place.get(target, name),
            "set": lambda target, values, quietly: place.set(target, values, quietly=quietly),
            "bare": lambda target: place.bare(target),
        }

    def serve(self) -> NoReturn:
        """Answer requests until the grader hangs up."""
        # With a limit around all others, the clock is not set anew for each of them.
        with self._submission.active(), limit.at_most(math.inf):
            self._channel.send(["ready"])
            while True:
                answers = self._answers(*self._channel.receive(self._resolve))
                _flush()
                try:
                    self._channel.send(["answers", *answers], self._refer)
                except ValueError as error:  # together they are too large
                    small = [_done()] * (len(answers) - 1)
                    self._channel.send(["answers", *small, self._failure(error, Effects())])

    def _answers(self, seconds: float, *steps: list[Any]) -> list[list[Any]]:
        """Take steps, up to the first that fails; say what came of each, and what it did besides."""
        answers: list[list[Any]] = []
        try:
            with undisturbed(), limit.at_most(seconds):
                for operation, *fields in steps:
                    answers.append(self._answer(operation, *fields))
                    if answers[-1][0] == "failed":
                        break
        except BaseException as error:  # whatever it is, this process goes on
            answers[len(steps) - 1 :] = []
            answers.append(self._failure(error, Effects()))
        return answers

    def _answer(self, operation: str, *fields: Any) -> list[Any]:
        if operation != "call":
            return _done(self._operations[operation](*fields))
        target, name, *arguments = fields
        called = getattr(target, name) if name else target
        ((value, error, effects),) = self._submission.place.call(called, [Arguments(*arguments)])
        return self._failure(error, effects) if error else _done(value, effects)

    def _failure(self, error: BaseException, effects: Effects) -> list[Any]:
        folder, reason = self._submission.folder, ""
        if isinstance(error, CannotLoad):
            reason, error = error.reason, error.__cause__ or error
        kind, family, text, frames = describe(error, folder)
        raised = [kind, family, text, [list(frame) for frame in frames[-50:]], reason]
        return ["failed", raised, list(effects.changed), list(effects.warnings)]

    def _begin(self, seed: int) -> None:
        """Start a check: forget what the last one held."""
        self._objects.clear()
        self._borrowed.clear()
        seed_generators(seed)

    def _load(self, exercise: str) -> Any:
        return self._submission.load(exercise)

    def _refer(self, value: Any) -> list[Any]:
        """Return what stands for an object of the submission's, or for one that the grader has lent."""
        target = value.target if isinstance(value, Reference) else value
        if isinstance(target, BorrowedFunction | BorrowedObject):
            return ["g", target.number]
        self._objects.append(target)
        kind = value.kind if isinstance(value, Reference) else "?"
        return ["r", len(self._objects) - 1, kind, ["l", *methods_of(target)]]

    def _resolve(self, tag: str, fields: list[Any]) -> Any:
        if tag == "r":
            return self._objects[fields[0]]
        if tag == "m":
            return getattr(self._objects[fields[0]], fields[1])
        number, name, methods = fields
        if number not in self._borrowed:
            self._borrowed[number] = borrowed(self._ask, number, name, methods)
        return self._borrowed[number]

    def _ask(self, number: int, method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Have the grader call one of its own functions or methods."""
        _flush()
        question = ["ask", number, method, export(args), export(kwargs)]
        self._channel.send(question, self._refer)
        answer = self._channel.receive(self._resolve)
        if answer[0] == "answer":
            return answer[1]
        raise _exception(*answer[1:])


def _done(value: Any = None, effects: Effects | None = None) -> list[Any]:
    effects = effects or Effects()
    return ["done", value, list(effects.changed), list(effects.warnings)]


def _exception(kind: str, text: str) -> Exception:
    """Return an exception of the same name as the grader's."""
    cls = getattr(sys.modules["builtins"], kind, None)
    if not (isinstance(cls, type) and issubclass(cls, Exception)):
        cls = type(kind, (Exception,), {})
    try:
        error: Exception = cls(text)
    except TypeError:  # some take more than a text
        return Exception(f"{kind}: {text}")
    return error


def _flush() -> None:
    """Hand over what has been printed, before the grader goes on."""
    for stream in (sys.__stdout__, sys.__stderr__):
        try:
            if stream is not None:
                stream.flush()
        except Exception:  # the code may have closed it
            continue
