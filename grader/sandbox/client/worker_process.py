"""The grader's end of a submission's process: start it, exchange messages with it, stop it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any, NoReturn

from grader.sandbox.client.connection import Connection, Deadline, OutOfTime, ProcessEnded
from grader.sandbox.client.output import OutputPipe
from grader.sandbox.jail import ENVIRONMENT, Command, SandboxUnavailable
from grader.sandbox.limits import Limits
from grader.sandbox.protocol import codec

STARTING = 60.0
"""Seconds that the start may take, SciPy's import on a busy machine included."""
MOMENT = 10.0
"""Seconds for what takes milliseconds, on a machine that has other things to do."""


class Process:
    """A process that runs no code of the submission's, and its child, which does.

    Each has a connection and a pipe of its own: a child can neither speak for its parent, or for
    another child, nor leave anything behind in what they share.

    Parameters
    ----------
    command : Command
        With or without a jail.
    limits : Limits
    preload : sequence of str
        SubmissionImporter to import at once, because the submission imports them.

    Raises
    ------
    SandboxUnavailable
        If it cannot be started.
    """

    def __init__(self, command: Command, limits: Limits, preload: Sequence[str]) -> None:
        self._words, self._printed = OutputPipe(limits.output), OutputPipe(limits.output)
        settings = {
            "limits": asdict(limits),
            "folder": str(command.folder),
            "preload": preload,
            "absent": command.absent,
            "writable": command.writable,
        }
        code = "from grader.sandbox.server.forkserver import main; main(sys.argv[1])"
        ours, theirs = socket.socketpair()
        other_end = self._words.open()
        try:
            with theirs:
                self._popen = subprocess.Popen(
                    command.python(code, json.dumps(settings)),
                    stdin=theirs.fileno(),
                    stdout=other_end,
                    stderr=other_end,
                    env=ENVIRONMENT,
                    start_new_session=True,
                )
        except OSError as error:
            ours.close()
            self._words.close()
            raise SandboxUnavailable(
                f"the process for student code cannot be started: {error}"
            ) from None
        finally:
            os.close(other_end)
        self._parent = Connection(ours, self._words, self._how_it_ended)
        self._child: Connection | None = None
        self._pid = 0
        self._worked = 0.0
        self._has_started = False

    def expect_start(self) -> None:
        """Wait until it has started, which it does while others do something else.

        Raises
        ------
        SandboxUnavailable
            If it cannot be started.
        """
        if self._has_started:
            return
        try:
            _expect(self._parent, "ready", Deadline(STARTING))
        except (ProcessEnded, OutOfTime) as error:
            self.stop()
            # The last line of a traceback says what it is about.
            words = self._words.shown().strip().rpartition("\n")[2]
            raise SandboxUnavailable(
                f"the process for student code cannot be started: {words or error}"
            ) from None
        self._has_started = True

    def start_child(self) -> None:
        """Have a new child, which no code has changed yet; end the last one.

        Raises
        ------
        ProcessEnded
            If that fails.
        OutOfTime
            If that takes long.
        """
        self._end_child()
        ours, theirs = socket.socketpair()
        other_end = self._printed.open()
        self._child = Connection(ours, self._printed, self._how_the_child_ended)
        try:
            with theirs:
                self._parent.send(["start"], _no_objects, Deadline(MOMENT))
                self._parent.send_descriptors(theirs.fileno(), other_end)
        finally:
            os.close(other_end)
        patience = Deadline(MOMENT)
        self._pid, self._worked = self._child.receive_sender(patience), 0.0
        _expect(self._child, "ready", patience)

    def allow(self, size: float) -> None:
        """Let the child send so many bytes from now on."""
        self._connection().allowance = size

    def send(self, message: list[Any], refer: codec.Refer, patience: Deadline) -> None:
        """Send the child a message; see `Connection.send`."""
        self._connection().send(message, refer, patience)

    def receive(self, resolve: codec.Resolve, patience: Deadline) -> list[Any]:
        """Return the child's next message; see `Connection.receive`."""
        return self._connection().receive(resolve, patience)

    def worked(self) -> float:
        """Return the child's seconds of processor time: by the kernel's account, not by its own."""
        if self._pid and sys.platform == "linux":
            with suppress(OSError):  # it has ended
                # What clock_getcpuclockid(3) gives for a process, which Python does not offer.
                self._worked = time.clock_gettime((~self._pid << 3) | 2)
        return self._worked

    def take_printed(self) -> str:
        """Return what has been printed since last time; not more, in all, than is kept."""
        return self._printed.shown()

    def is_as_new(self) -> bool:
        """End the child; tell whether there is nothing left of what it did, but what it has printed."""
        try:
            status = self._end_child()
            self._parent.send(["look"], _no_objects, Deadline(MOMENT))
            found = self._parent.receive(_no_objects, Deadline(MOMENT))
        except (ProcessEnded, OutOfTime):
            return False
        return status == 0 and found == ["nothing"]

    def forget_printed(self) -> None:
        """Have as much room for what is printed as at the start."""
        self._printed.start_anew()

    def stop(self) -> None:
        """End the process, and all that it has started, whatever it is doing."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.kill()
        self._popen.wait()
        self._words.drain_to_the_end()
        self._printed.drain_to_the_end()
        self._parent.close()
        self._hang_up()

    def _end_child(self) -> int:
        """End the child, if there is one, and return its exit status."""
        if self._child is None:
            return 0
        self._hang_up()
        self._parent.send(["end"], _no_objects, Deadline(MOMENT))
        answer = self._parent.receive(_no_objects, Deadline(MOMENT))
        if len(answer) != 2 or answer[0] != "ended" or not isinstance(answer[1], int):
            raise ProcessEnded("it does not leave")
        self._printed.drain_to_the_end()
        return answer[1]

    def _hang_up(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None

    def _connection(self) -> Connection:
        if self._child is None:
            raise ProcessEnded("it has no child")
        return self._child

    def _how_it_ended(self) -> str:
        try:
            return ending(self._popen.wait(1.0))
        except subprocess.TimeoutExpired:
            return "it has hung up"

    def _how_the_child_ended(self) -> str:
        try:
            return ending(self._end_child())
        except (ProcessEnded, OutOfTime):
            return self._how_it_ended()


def ending(code: int) -> str:
    """Say in words what an exit status means; a negative one is a signal."""
    if code < 0:
        try:
            return f"it was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"it was ended by signal {-code}"
    return f"it ended itself with exit status {code}"


def _expect(connection: Connection, word: str, patience: Deadline) -> None:
    if connection.receive(_no_objects, patience) != [word]:
        raise ProcessEnded("it has not started in the way it should")


def _no_objects(*_: Any) -> NoReturn:
    raise codec.ProtocolError("it holds an object")
