"""See whether a submission has left anything in the only folder of a jail that it could write to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


class TmpAudit:
    """A folder as it was at first.

    Parameters
    ----------
    folder : str
        Empty if anything may have been written anywhere; then there always are traces.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._number, self._before = self._look()

    def found(self) -> bool:
        """Tell whether a file has been made or changed, were it for a moment, since the last look."""
        number, now = self._look()
        # The file system numbers its files in the order in which they are made.
        same = now == self._before and number == self._number + 1
        self._number = number
        return not (self._folder and same)

    def _look(self) -> tuple[int, Any]:
        """Return the number of a new file that nobody sees, and what the folder is like."""
        if not self._folder:
            return 0, None
        made = os.open(self._folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
        number = os.fstat(made).st_ino
        os.close(made)
        status = Path(self._folder).stat()
        return number, (status.st_mode, status.st_mtime_ns, status.st_ctime_ns, self._names())

    def _names(self) -> set[Path]:
        """Return all that is in the folder, as far as its own file system goes."""
        found: set[Path] = set()
        for name, folders, files in os.walk(self._folder):
            inside = Path(name)
            found.update(inside / entry for entry in [*folders, *files])
            folders[:] = [entry for entry in folders if not (inside / entry).is_mount()]
        return found
