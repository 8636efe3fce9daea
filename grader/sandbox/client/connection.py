"""Messages to and from a process that may send anything, nothing, or half of something."""

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
"""Seconds between looks at how much the other side has worked."""


class ProcessEnded(GraderError):
    """The process is gone, or says what it cannot say; the text is for the student."""


class OutOfTime(GraderError):
    """The process has not answered in time."""


class Deadline:
    """How long to wait for a process.

    Parameters
    ----------
    seconds : float
        On the wall's clock.
    worked : callable, optional
        Returns how many seconds the process has worked in its life.
    most : float
        What that may come to.
    """

    def __init__(
        self, seconds: float, worked: Callable[[], float] | None = None, most: float = math.inf
    ) -> None:
        self._deadline = time.monotonic() + seconds
        self._worked = worked
        self._most = most
        self._next_look = time.monotonic() + TICK

    def left(self) -> float:
        """Return how many seconds may pass before one asks again; none, if there is no time left."""
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
    printed : OutputPipe
        What the process prints, to be taken while one waits: it may wait for that itself.
    cause : callable
        Says why nobody is at the other end.

    Attributes
    ----------
    allowance : float
        How many bytes may still come.
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

    def send(self, message: list[Any], refer: codec.Refer, patience: Deadline) -> None:
        """Send a message.

        Raises
        ------
        ProcessEnded
            If nobody is there to receive it.
        OutOfTime
            If nobody receives it.
        """
        data = memoryview(codec.pack(message, refer))
        while data:
            try:
                data = data[self._socket.send(data) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, patience)
            except OSError:
                raise ProcessEnded(self._cause()) from None

    def send_descriptors(self, *numbers: int) -> None:
        """Send open files, sockets or pipes."""
        try:
            socket.send_fds(self._socket, [b"\0"], numbers)
        except OSError:
            raise ProcessEnded(self._cause()) from None

    def receive(self, resolve: codec.Resolve, patience: Deadline) -> list[Any]:
        """Return the next message.

        Raises
        ------
        ProcessEnded
            If there will be none, or if what comes is none.
        OutOfTime
            If none comes.
        """
        try:
            size = codec.length(self._read(codec.HEADER.size, patience))
            self.allowance -= size
            if self.allowance < 0:
                raise ProcessEnded("it has sent more than all answers of a check can take")
            message = codec.unpack(self._read(size, patience), resolve)
        except codec.ProtocolError as error:
            raise ProcessEnded(f"it has sent what no answer is ({error})") from None
        if not isinstance(message, list) or not message or not isinstance(message[0], str):
            raise ProcessEnded("it has sent what no answer is")
        return message

    def receive_sender(self, patience: Deadline) -> int:
        """Return the number of the process that has sent what comes next, by the kernel's account.

        Nothing is taken from what has come, and it is 0 where the kernel gives none.
        """
        self._wait(select.POLLIN, patience)
        if sys.platform != "linux":
            return 0
        room = socket.CMSG_SPACE(struct.calcsize("3i"))
        _, ancillary, _, _ = self._socket.recvmsg(1, room, socket.MSG_PEEK)
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
                return int(struct.unpack("3i", data)[0])
        return 0

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _read(self, count: int, patience: Deadline) -> bytes:
        while len(self._received) < count:
            self._wait(select.POLLIN, patience)
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

    def _wait(self, event: int, patience: Deadline) -> None:
        """Wait until the socket is ready, and take what was printed before."""
        while (left := patience.left()) > 0:
            poll = select.poll()
            poll.register(self._socket, event)
            # After the socket: what is printed before something is sent is then seen no later.
            if self._printed.fileno() >= 0:
                poll.register(self._printed, select.POLLIN)
            ready = [number for number, _ in poll.poll(1000 * left)]
            if self._printed.fileno() in ready:
                self._printed.drain()
            if self._socket.fileno() in ready:
                return
        raise OutOfTime
