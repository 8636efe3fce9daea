"""Capture what the student's code prints."""

from __future__ import annotations

import io

MAX_CHARACTERS = 20_000
"""The output that is kept for one check; some code never stops printing."""
CUT = " … (further output is not kept)\n"


class CapturedOutput(io.TextIOBase):
    """A text stream that keeps what is written to it, up to a limit, and cannot be closed."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._room = MAX_CHARACTERS

    def write(self, text: str) -> int:
        """Keep a text, up to the limit."""
        if self._room > 0:
            self._kept.append(text[: self._room])
            self._room -= len(text)
            if self._room <= 0:
                self._kept.append(CUT)
        return len(text)

    def close(self) -> None:
        """Do nothing: student code may close its stdout, but later code must still be able to print."""

    @property
    def text(self) -> str:
        """The captured text."""
        return "".join(self._kept)
