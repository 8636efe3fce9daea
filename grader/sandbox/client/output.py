"""What the process of a submission prints."""

from __future__ import annotations

import os
import time

from grader.common.printable import printable

CHUNK = 1 << 16
AT_ONCE = 32
"""How many chunks are taken before there is a look at anything else: some print without end."""
MOMENT = 2.0
"""Seconds in which what has been ended is gone."""
MARGIN = "| "
"""What each line begins with when it is shown, lest it be taken for a line of the grader's."""


class OutputPipe:
    """One end of a pipe, and what has come out of it and of those before.

    Parameters
    ----------
    room : int
        How many characters are kept, in all; the rest is thrown away.
    """

    def __init__(self, room: int) -> None:
        self._whole_room = self._room = room
        self._kept = bytearray()
        self._pipe = -1

    def open(self) -> int:
        """Begin a new pipe; return its other end, to be closed here once a process has it."""
        self.close()
        self._pipe, other_end = os.pipe()
        os.set_blocking(self._pipe, False)
        return other_end

    def fileno(self) -> int:
        """Return the pipe, or -1 once nobody can print to it any more."""
        return self._pipe

    def drain(self) -> None:
        """Take what is there, so that the process can go on."""
        for _ in range(AT_ONCE):
            if self._pipe < 0 or not self._take():
                return

    def drain_to_the_end(self) -> None:
        """Take all that there will ever be: the process has been ended, and is gone in a moment."""
        deadline = time.monotonic() + MOMENT
        while self._pipe >= 0 and time.monotonic() < deadline:
            if not self._take():
                time.sleep(0.001)
        self.close()

    def close(self) -> None:
        """Take nothing more."""
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1

    def shown(self) -> str:
        """Return what has come since last time, with a margin, and every character visible."""
        if not self._kept:
            return ""
        text = printable(self._kept.decode("utf-8", "replace"), keep="\n\t")
        self._kept.clear()
        return "".join(f"{MARGIN}{line}\n" for line in text.removesuffix("\n").split("\n") if text)

    def start_anew(self) -> None:
        """Forget all that was printed."""
        self._room = self._whole_room
        self._kept.clear()

    def _take(self) -> bool:
        """Take a chunk, and tell whether there was any."""
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
