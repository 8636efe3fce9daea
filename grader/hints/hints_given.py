"""The count of the hints that a student was given, kept next to the student's exercises."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from grader.hints.hint_texts import LEVELS

MEMORY = ".hints.json"


class Memory:
    """Counts the hints given for each part, in a file next to the student's exercises.

    Parameters
    ----------
    folder : Path
        The submission's folder.

    Attributes
    ----------
    path : Path
        The file.
    problem : str
        Why the file could not be read or written, as a sentence; empty if it could. Students still
        get a hint then.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / MEMORY
        self.problem = ""
        self._given = self._read()

    def given(self, part: str) -> int:
        """Return how many hints for a part have been given."""
        return self._given.get(part, 0)

    def give(self, part: str) -> None:
        """Count one more hint."""
        self._given[part] = self.given(part) + 1
        try:
            self._write()
        except OSError as error:
            self.problem = (
                f"{self.path} cannot be written ({error.strerror}), so you will get this hint again "
                "next time."
            )

    def forget(self, parts: Iterable[str]) -> None:
        """Reset the count of some parts.

        Raises
        ------
        OSError
            If the file cannot be changed.
        """
        for part in parts:
            self._given.pop(part, None)
        self._write()

    def _read(self) -> dict[str, int]:
        try:
            given = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            reason = (isinstance(error, OSError) and error.strerror) or "it is damaged"
            return self._start_again(reason)
        if not isinstance(given, dict) or not all(map(_is_level, given.values())):
            return self._start_again("it is damaged")
        return given

    def _start_again(self, reason: str) -> dict[str, int]:
        self.problem = f"{self.path} cannot be read ({reason}), so all hints start again."
        return {}

    def _write(self) -> None:
        if self._given:
            self.path.write_text(json.dumps(self._given, indent=2) + "\n", encoding="utf-8")
        else:
            self.path.unlink(missing_ok=True)


def _is_level(value: object) -> bool:
    return type(value) is int and 0 <= value <= LEVELS
