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
from grader.sandbox.protocol import codec
from grader.sandbox.resource_limits import Limits

STARTING = 60.0
"""Seconds that the start may take, including SciPy's import on a busy machine."""
MOMENT = 10.0
"""Seconds for what takes milliseconds, unless the machine is busy."""


class Process:
    """A process that runs none of the submission's code, and its child, which does.

    Each has its own connection and its own pipe: a child can neither speak for its parent or for
    another child, nor leave anything for them in what they share.

    Parameters
    ----------
    command : Command
        With or without a jail.
    limits : Limits
    preload : sequence of str
        Modules to import at the start, because the submission imports them.

    Raises
    ------
    SandboxUnavailable
        If it cannot be started.
    """

    def __init__(self, command: Command, limits: Limits, preload: Sequence[str]) -> None:
        self._parent_output = OutputPipe(limits.output)
        self._child_output = OutputPipe(limits.output)
        self._most_files = limits.files
        settings = {
            "limits": asdict(limits),
            "folder": str(command.folder),
            "preload": preload,
            "blocked": command.blocked,
            "writable": command.writable,
        }
        code = "from grader.sandbox.server.forkserver import main; main(sys.argv[1])"
        ours, theirs = socket.socketpair()
        other_end = self._parent_output.open()
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
            self._parent_output.close()
            raise SandboxUnavailable(
                f"the process for student code cannot be started: {error}"
            ) from None
        finally:
            os.close(other_end)
        self._parent = Connection(ours, self._parent_output, self._how_the_parent_ended)
        self._child: Connection | None = None
        self._pid = 0
        self._worked = 0.0
        self._has_started = False
        self._was_ended_by_force = False

    def expect_start(self) -> None:
        """Wait until the process has started, if it has not yet.

        Raises
        ------
        SandboxUnavailable
            If it cannot start.
        """
        if self._has_started:
            return
        try:
            _expect(self._parent, "ready", Deadline(STARTING))
        except (ProcessEnded, OutOfTime) as error:
            self.stop()
            # The last line of a traceback says what went wrong.
            reason = self._parent_output.take_text().strip().rpartition("\n")[2]
            raise SandboxUnavailable(
                f"the process for student code cannot be started: {reason or error}"
            ) from None
        self._has_started = True

    def start_child(self) -> None:
        """Start a new child, which no code has changed yet, and end the last one.

        Raises
        ------
        ProcessEnded
            If that fails.
        OutOfTime
            If that takes too long.
        """
        self._end_child()
        ours, theirs = socket.socketpair()
        other_end = self._child_output.open()
        self._child = Connection(ours, self._child_output, self._how_the_child_ended)
        try:
            with theirs:
                self._parent.send(["start"], _no_objects, Deadline(MOMENT))
                self._parent.send_descriptors(theirs.fileno(), other_end)
        finally:
            os.close(other_end)
        deadline = Deadline(MOMENT)
        self._pid, self._worked = self._child.receive_sender(deadline), 0.0
        _expect(self._child, "ready", deadline)

    def set_allowance(self, size: float) -> float:
        """Let the child send this many bytes from now on; return how many were left before."""
        connection = self._connection()
        left, connection.allowance = connection.allowance, size
        return left

    def send(self, message: list[Any], refer: codec.Refer, deadline: Deadline) -> None:
        """Send the child a message; see `Connection.send`."""
        self._connection().send(message, refer, deadline)

    def receive(self, resolve: codec.Resolve, deadline: Deadline) -> list[Any]:
        """Return the child's next message; see `Connection.receive`."""
        return self._connection().receive(resolve, deadline)

    def cpu_seconds(self) -> float:
        """Return the CPU seconds that the child has used, as the kernel reports them."""
        if self._pid and sys.platform == "linux":
            with suppress(OSError):  # it has ended
                # The clock that clock_getcpuclockid(3) returns; Python does not offer that function.
                self._worked = time.clock_gettime((~self._pid << 3) | 2)
        return self._worked

    def take_output(self) -> str:
        """Return what was printed since the last call; not more, in all, than is kept."""
        return self._child_output.take_text()

    def end_child_and_audit(self) -> bool:
        """End the child; return whether no child so far left anything behind except its output."""
        try:
            self._end_child()
            self._parent.send(["audit"], _no_objects, Deadline(MOMENT))
            found = self._parent.receive(_no_objects, Deadline(MOMENT))
        except (ProcessEnded, OutOfTime):
            return False
        return not self._was_ended_by_force and found == ["clean"]

    def reset_output(self) -> None:
        """Forget the output, and keep as much again."""
        self._child_output.reset()

    def stop(self) -> None:
        """End the process, and everything that it started, whatever it is doing."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.kill()
        self._popen.wait()
        self._parent_output.drain_rest()
        self._child_output.drain_rest()
        self._parent.close()
        self._hang_up()

    def _end_child(self) -> str:
        """End the child, if there is one, and say how it ended."""
        if self._child is None:
            return ending(0)
        self._hang_up()
        self._parent.send(["end"], _no_objects, Deadline(MOMENT))
        answer = self._parent.receive(_no_objects, Deadline(MOMENT))
        if [type(field) for field in answer] != [str, int, bool] or answer[0] != "ended":
            raise ProcessEnded("it did not end its child")
        self._child_output.drain_rest()
        _, status, has_too_many_files = answer
        self._was_ended_by_force |= status != 0
        if has_too_many_files:
            return f"it created more than {self._most_files} files"
        return ending(status)

    def _hang_up(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None

    def _connection(self) -> Connection:
        if self._child is None:
            raise ProcessEnded("it has no child")
        return self._child

    def _how_the_parent_ended(self) -> str:
        try:
            return ending(self._popen.wait(1.0))
        except subprocess.TimeoutExpired:
            return "it closed its connection"

    def _how_the_child_ended(self) -> str:
        try:
            return self._end_child()
        except (ProcessEnded, OutOfTime):
            return self._how_the_parent_ended()


def ending(code: int) -> str:
    """Describe an exit status in words; a negative one is a signal."""
    if code < 0:
        try:
            return f"it was killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"it was killed by signal {-code}"
    return f"it exited with status {code}"


def _expect(connection: Connection, word: str, deadline: Deadline) -> None:
    if connection.receive(_no_objects, deadline) != [word]:
        raise ProcessEnded("it did not start properly")


def _no_objects(*_: Any) -> NoReturn:
    raise codec.ProtocolError("it contains an object")
