"""The server's end of a `Connection`: how a submission's processes talk to the grader."""

from __future__ import annotations

import os
import select
import socket
from typing import Any, NoReturn

from grader.sandbox.protocol import codec


class Channel:
    """Messages to and from the grader.

    Parameters
    ----------
    connection : socket.socket
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, message: list[Any], refer: codec.Refer | None = None) -> None:
        """Send a message."""
        self._connection.sendall(codec.pack(message, refer or _no_objects))

    def has_message(self, seconds: float) -> bool:
        """Wait this long for the next message, or for the end of all messages."""
        return bool(select.select([self._connection], [], [], seconds)[0])

    def receive(self, resolve: codec.Resolve | None = None) -> Any:
        """Return the next message; end this process if there will be none."""
        size = codec.length(self._read(codec.HEADER.size))
        return codec.unpack(self._read(size), resolve or _no_objects)

    def receive_descriptors(self, count: int) -> list[int]:
        """Return the descriptors of the open files, sockets or pipes that follow a message."""
        _, descriptors, _, _ = socket.recv_fds(self._connection, 1, count)
        return descriptors

    def close(self) -> None:
        """Close this process's end of the connection."""
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
    raise codec.ProtocolError("this message cannot contain an object")
