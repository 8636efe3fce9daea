"""Check whether a submission left anything in the only writable folder of a jail."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


class TmpAudit:
    """Compares a folder with its initial state.

    Parameters
    ----------
    folder : str
        Empty if the code can write anywhere; the folder then always counts as changed.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._number, self._before = self._look()

    def found(self) -> bool:
        """Return whether a file was created or changed, even briefly, since the last call."""
        number, now = self._look()
        # The file system numbers its files in the order in which they are created.
        same = now == self._before and number == self._number + 1
        self._number = number
        return not (self._folder and same)

    def files(self) -> int:
        """Return how many files and folders the folder's file system holds."""
        if not self._folder:
            return 0
        status = os.statvfs(self._folder)
        return status.f_files - status.f_ffree

    def _look(self) -> tuple[int, Any]:
        """Return the number of a new, invisible file, and the state of the folder."""
        if not self._folder:
            return 0, None
        descriptor = os.open(self._folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
        number = os.fstat(descriptor).st_ino
        os.close(descriptor)
        status = Path(self._folder).stat()
        return number, (status.st_mode, status.st_mtime_ns, status.st_ctime_ns, self._names())

    def _names(self) -> set[Path]:
        """Return everything in the folder, without entering other file systems."""
        found: set[Path] = set()
        for name, folders, files in os.walk(self._folder):
            inside = Path(name)
            found.update(inside / entry for entry in [*folders, *files])
            folders[:] = [entry for entry in folders if not (inside / entry).is_mount()]
        return found
