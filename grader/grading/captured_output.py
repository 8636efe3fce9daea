"""Keep what the student's code prints."""

from __future__ import annotations

import io

MOST = 20_000
"""Characters that are kept of one check; some code prints without end."""
CUT = " … (what is printed after this is not kept)\n"


class CapturedOutput(io.TextIOBase):
    """A text stream that keeps what is written to it, up to a limit, and cannot be closed."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._room = MOST

    def write(self, text: str) -> int:
        """Keep a text, as far as there is room."""
        if self._room > 0:
            self._kept.append(text[: self._room])
            self._room -= len(text)
            if self._room <= 0:
                self._kept.append(CUT)
        return len(text)

    def close(self) -> None:
        """Do nothing: the code that prints may call this, and others print after it."""

    @property
    def text(self) -> str:
        """What was printed."""
        return "".join(self._kept)
