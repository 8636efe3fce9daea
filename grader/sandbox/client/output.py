"""Collect what a submission's process prints."""

from __future__ import annotations

import os
import time

from grader.common.printable import printable

CHUNK = 1 << 16
CHUNKS_AT_ONCE = 32
"""How many chunks to read before doing anything else: some code prints without end."""
MOMENT = 2.0
"""Seconds to wait until a killed process is gone."""
MARGIN = "| "
"""What each line begins with when it is shown, so that it cannot pass for one of the grader's."""


class OutputPipe:
    """The reading end of a pipe, and what was read from it and from earlier pipes.

    Parameters
    ----------
    room : int
        How many bytes are kept, in all; the rest is dropped.
    """

    def __init__(self, room: int) -> None:
        self._whole_room = self._room = room
        self._kept = bytearray()
        self._pipe = -1

    def open(self) -> int:
        """Open a new pipe and return its writing end; close that once the process has it."""
        self.close()
        self._pipe, other_end = os.pipe()
        os.set_blocking(self._pipe, False)
        return other_end

    def fileno(self) -> int:
        """Return the pipe's descriptor, or -1 once nobody can print to it any more."""
        return self._pipe

    def drain(self) -> None:
        """Read what is in the pipe, so that the process can continue."""
        for _ in range(CHUNKS_AT_ONCE):
            if self._pipe < 0 or not self._read():
                return

    def drain_rest(self) -> None:
        """Read all that is left: the process has been killed, and will be gone in a moment."""
        deadline = time.monotonic() + MOMENT
        while self._pipe >= 0 and time.monotonic() < deadline:
            if not self._read():
                time.sleep(0.001)
        self.close()

    def close(self) -> None:
        """Stop reading."""
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1

    def take_text(self) -> str:
        """Return what was read since the last call, with a margin, and every character visible."""
        if not self._kept:
            return ""
        text = printable(self._kept.decode("utf-8", "replace"), keep="\n\t")
        self._kept.clear()
        return "".join(f"{MARGIN}{line}\n" for line in text.removesuffix("\n").split("\n") if text)

    def reset(self) -> None:
        """Forget all output."""
        self._room = self._whole_room
        self._kept.clear()

    def _read(self) -> bool:
        """Read a chunk; return whether there was any."""
        try:
            chunk = os.read(self._pipe, CHUNK)
        except BlockingIOError:
            return False
        if not chunk:
            self.close()
        elif self._room > 0:
            self._kept += chunk[: self._room]
            self._room -= len(chunk)
            if self._room <= 0:
                self._kept += " … (what is printed after this is not kept)\n".encode()
        return bool(chunk)
