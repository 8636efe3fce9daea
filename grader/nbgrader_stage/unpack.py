"""Unpack the zips of one student within one budget, however they are nested."""

from __future__ import annotations

import struct
from pathlib import Path
from zipfile import BadZipFile, ZipFile

MAX_BYTES, MAX_FILES, MAX_DEPTH = 200_000_000, 10_000, 3
"""The limits for a student: bytes and files that are unpacked, and how deep zips may be nested."""
MAX_DIRECTORY = MAX_FILES * 300
"""The size of a zip's list of files. `ZipFile` reads all of it before anything can be checked."""
END, COMMENT = struct.Struct("<4s4H2LH"), 1 << 16


class Budget:
    """What one student's zips may still take when they are unpacked."""

    def __init__(self) -> None:
        self._bytes, self._files = MAX_BYTES, MAX_FILES

    def unpack(self, path: Path, target: Path, depth: int) -> None:
        """Unpack a zip.

        Parameters
        ----------
        path : Path
        target : Path
            The folder to unpack to.
        depth : int
            How many zips it was in.

        Raises
        ------
        BadZipFile
            If that would take too much. `ZipFile` raises other exceptions for damaged zips.
        """
        if depth > MAX_DEPTH:
            raise BadZipFile("zips are nested too deeply")
        if _size_of_directory(path) > MAX_DIRECTORY:
            raise BadZipFile("it contains too many files")
        with ZipFile(path) as archive:
            files = archive.infolist()
            self._files -= len(files)
            self._bytes -= sum(file.file_size for file in files)  # `ZipFile` unpacks no more
            if self._files < 0 or self._bytes < 0:
                raise BadZipFile("this student's zips contain too many files or too much data")
            archive.extractall(target)


def _size_of_directory(path: Path) -> int:
    """Return what a zip's last record says about the size of its list of files."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - COMMENT - END.size))
        end = file.read()
    at = end.rfind(b"PK\5\6")
    if at < 0 or len(end) - at < END.size:
        raise BadZipFile("it is not a zip")
    return int(END.unpack_from(end, at)[5])
