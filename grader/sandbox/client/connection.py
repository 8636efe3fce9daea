"""Messages to and from a process that may send anything, nothing, or half a message."""

from __future__ import annotations

import math
import select
import socket
import struct
import sys
import time
from collections.abc import Callable
from typing import Any

from grader.runtime.errors import GraderError
from grader.sandbox.client.output import OutputPipe
from grader.sandbox.protocol import codec

CHUNK = 1 << 18
TICK = 0.25
"""Seconds between checks of the other side's CPU time."""


class ProcessEnded(GraderError):
    """The process is gone, or sent a malformed message; the text is for the student."""


class OutOfTime(GraderError):
    """The process did not respond in time."""


class Deadline:
    """How long to wait for a process.

    Parameters
    ----------
    seconds : float
        Wall-clock time.
    worked : callable, optional
        Returns the CPU seconds that the process has used since its start.
    most : float
        The largest number that this may reach.
    """

    def __init__(
        self, seconds: float, worked: Callable[[], float] | None = None, most: float = math.inf
    ) -> None:
        self._deadline = time.monotonic() + seconds
        self._worked = worked
        self._most = most
        self._next_look = time.monotonic() + TICK

    def left(self) -> float:
        """Return how many seconds to wait before asking again; 0 or less if time is up."""
        now = time.monotonic()
        left = self._deadline - now
        if not self._worked:
            return left
        if now >= self._next_look:
            self._next_look = now + TICK
            if self._worked() > self._most:
                return 0.0
        return min(left, self._next_look - now)


class Connection:
    """One end of a pair of sockets.

    Parameters
    ----------
    ours : socket.socket
        The grader's end.
    printed : OutputPipe
        The process's output. It is drained while waiting, since a full pipe blocks the process.
    cause : callable
        Says why the other end is gone.

    Attributes
    ----------
    allowance : float
        How many more bytes may be received.
    """

    def __init__(self, ours: socket.socket, printed: OutputPipe, cause: Callable[[], str]) -> None:
        ours.setblocking(False)
        if sys.platform == "linux":
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)  # for `receive_sender`
        self._socket = ours
        self._printed = printed
        self._cause = cause
        self._received = bytearray()
        self.allowance = math.inf

    def send(self, message: list[Any], refer: codec.Refer, deadline: Deadline) -> None:
        """Send a message.

        Raises
        ------
        ProcessEnded
            If the other end is gone.
        OutOfTime
            If the other end does not receive it in time.
        """
        data = memoryview(codec.pack(message, refer))
        while data:
            try:
                data = data[self._socket.send(data) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
            except OSError:
                raise ProcessEnded(self._cause()) from None

    def send_descriptors(self, *numbers: int) -> None:
        """Send open files, sockets or pipes."""
        try:
            socket.send_fds(self._socket, [b"\0"], numbers)
        except OSError:
            raise ProcessEnded(self._cause()) from None

    def receive(self, resolve: codec.Resolve, deadline: Deadline) -> list[Any]:
        """Return the next message.

        Raises
        ------
        ProcessEnded
            If the other end is gone, or the message is malformed.
        OutOfTime
            If no message arrives in time.
        """
        try:
            size = codec.length(self._read(codec.HEADER.size, deadline))
            self.allowance -= size
            if self.allowance < 0:
                raise ProcessEnded("it sent more data than all responses of a check may hold")
            message = codec.unpack(self._read(size, deadline), resolve)
        except codec.ProtocolError as error:
            raise ProcessEnded(f"it sent a malformed response ({error})") from None
        if not isinstance(message, list) or not message or not isinstance(message[0], str):
            raise ProcessEnded("it sent a malformed response")
        return message

    def receive_sender(self, deadline: Deadline) -> int:
        """Return the id of the process that sent the next data, as the kernel reports it.

        This consumes no data. It returns 0 on systems where the kernel does not report the sender.
        """
        self._wait(select.POLLIN, deadline)
        if sys.platform != "linux":
            return 0
        room = socket.CMSG_SPACE(struct.calcsize("3i"))
        _, ancillary, _, _ = self._socket.recvmsg(1, room, socket.MSG_PEEK)
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
                return int(struct.unpack("3i", data)[0])
        return 0

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _read(self, count: int, deadline: Deadline) -> bytes:
        while len(self._received) < count:
            self._wait(select.POLLIN, deadline)
            try:
                chunk = self._socket.recv(CHUNK)
            except OSError:
                chunk = b""
            if not chunk:
                raise ProcessEnded(self._cause())
            self._received += chunk
        data = bytes(self._received[:count])
        del self._received[:count]
        return data

    def _wait(self, event: int, deadline: Deadline) -> None:
        """Wait until the socket is ready, and drain the output meanwhile."""
        while (left := deadline.left()) > 0:
            poll = select.poll()
            poll.register(self._socket, event)
            # After the socket, so that whoever sees a message also sees what was printed before it.
            if self._printed.fileno() >= 0:
                poll.register(self._printed, select.POLLIN)
            ready = [number for number, _ in poll.poll(1000 * left)]
            if self._printed.fileno() in ready:
                self._printed.drain()
            if self._socket.fileno() in ready:
                return
        raise OutOfTime
