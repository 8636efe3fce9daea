"""The grader's end of a submission's process: start it, exchange messages with it, stop it."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from grader.sandbox import wire
from grader.sandbox.jail import ENVIRONMENT, Command, NoJail
from grader.sandbox.limits import Limits

CHUNK = 1 << 18
STARTING = 60.0
"""Seconds that the start may take, SciPy's import on a busy machine included."""


class ProcessEnded(Exception):
    """The process is gone, or says what it cannot say; the text is for the student."""


class OutOfTime(Exception):
    """The process has not answered in time."""


class Process:
    """A running process, and what it has printed.

    Parameters
    ----------
    command : Command
        With or without a jail.
    limits : Limits
    preload : sequence of str
        Modules to import at once, because the submission imports them.

    Raises
    ------
    NoJail
        If it cannot be started.
    """

    def __init__(self, command: Command, limits: Limits, preload: Sequence[str]) -> None:
        self._room = limits.output
        self._printed = bytearray()
        self._received = bytearray()
        settings = {"limits": asdict(limits), "folder": str(command.folder), "preload": preload}
        code = "from grader.sandbox.worker import main; main(sys.argv[1])"
        self._connection, theirs = socket.socketpair()
        output, printing = os.pipe()
        try:
            with theirs:
                self._popen = subprocess.Popen(
                    command.python(code, json.dumps(settings)),
                    stdin=theirs.fileno(),
                    stdout=printing,
                    stderr=printing,
                    env=ENVIRONMENT,
                    start_new_session=True,
                )
        except OSError as error:
            self._connection.close()
            os.close(output)
            raise NoJail(f"the process for student code cannot be started: {error}") from None
        finally:
            os.close(printing)
        self._output = output
        self._connection.setblocking(False)
        os.set_blocking(output, False)
        self._poll = select.poll()
        self._poll.register(self._output, select.POLLIN)

    def expect_start(self) -> None:
        """Wait until it has started, which it does while others do something else.

        Raises
        ------
        NoJail
            If it cannot be started.
        """
        try:
            self.expect_ready(STARTING)
        except (ProcessEnded, OutOfTime) as error:
            self.stop()
            words = (
                self.take_printed().strip().rpartition("\n")[2]
            )  # of a traceback, what it is about
            raise NoJail(
                f"the process for student code cannot be started: {words or error}"
            ) from None

    def expect_ready(self, seconds: float) -> None:
        """Wait for the word that all is set up."""
        if self.receive(_no_objects, seconds) != ["ready"]:
            raise ProcessEnded("it has not started in the way it should")

    def send(self, message: list[Any], refer: wire.Refer, seconds: float) -> None:
        """Send a message.

        Raises
        ------
        ProcessEnded
            If nobody is there to receive it.
        OutOfTime
            If nobody receives it.
        """
        data = memoryview(wire.pack(message, refer))
        deadline = time.monotonic() + seconds
        while data:
            try:
                data = data[self._connection.send(data) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
            except OSError:
                raise ProcessEnded(self._cause()) from None

    def receive(self, resolve: wire.Resolve, seconds: float) -> list[Any]:
        """Return the next message.

        Raises
        ------
        ProcessEnded
            If there will be none, or if what comes is none.
        OutOfTime
            If none comes.
        """
        deadline = time.monotonic() + seconds
        try:
            size = wire.length(self._read(wire.HEADER.size, deadline))
            message = wire.unpack(self._read(size, deadline), resolve)
        except wire.WireError as error:
            raise ProcessEnded(f"it has sent what no answer is ({error})") from None
        self._drain()
        if not isinstance(message, list) or not message or not isinstance(message[0], str):
            raise ProcessEnded("it has sent what no answer is")
        return message

    def take_printed(self) -> str:
        """Return what has been printed since last time; not more, in all, than is kept."""
        text = self._printed.decode("utf-8", "replace")
        self._printed.clear()
        return text

    def stop(self) -> None:
        """End the process, and all that it has started, whatever it is doing."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.kill()
        self._popen.wait()
        self._drain()
        self._connection.close()
        if self._output >= 0:
            os.close(self._output)
            self._output = -1

    def _read(self, count: int, deadline: float) -> bytes:
        while len(self._received) < count:
            try:
                chunk = self._connection.recv(CHUNK)
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except OSError:
                chunk = b""
            if not chunk:
                raise ProcessEnded(self._cause())
            self._received += chunk
        data = bytes(self._received[:count])
        del self._received[:count]
        return data

    def _wait(self, event: int, deadline: float) -> None:
        """Wait until the connection is ready, keeping the way free for what is printed."""
        self._poll.register(self._connection, event)
        while (left := deadline - time.monotonic()) > 0:
            ready = [number for number, _ in self._poll.poll(1000 * left)]
            if self._output in ready:
                self._drain()
            if self._connection.fileno() in ready:
                return
        raise OutOfTime

    def _drain(self) -> None:
        """Take what has been printed; beyond what is kept, throw it away."""
        while self._output >= 0:
            try:
                chunk = os.read(self._output, CHUNK)
            except BlockingIOError:
                return
            if not chunk:
                self._poll.unregister(self._output)
                os.close(self._output)
                self._output = -1
                return
            self._keep(chunk)

    def _keep(self, chunk: bytes) -> None:
        if self._room <= 0:
            return
        self._printed += chunk[: self._room]
        self._room -= len(chunk)
        if self._room <= 0:
            self._printed += " … (what is printed after this is not kept)\n".encode()

    def _cause(self) -> str:
        """Say how the process ended."""
        try:
            code = self._popen.wait(1.0)
        except subprocess.TimeoutExpired:
            return "it has hung up"
        return ending(code)


def ending(code: int) -> str:
    """Say in words what an exit status means; a negative one is a signal."""
    if code < 0:
        try:
            return f"it was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"it was ended by signal {-code}"
    return f"it ended itself with exit status {code}"


def _no_objects(*_: Any) -> Any:
    raise wire.WireError("it holds an object")
