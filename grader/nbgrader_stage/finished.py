"""Know which submissions are graded completely, and in the state in which they are now."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from grader.common.atomic_write import write_whole

MARKER = "graded-completely"
"""A file in each student's graded folder: written last, it holds the submission's fingerprint."""
BLOCK = 1 << 20


def fingerprint(folder: Path) -> str:
    """Return a checksum of all files of a submission: their names and what is in them.

    Raises
    ------
    OSError
        If a file cannot be read.
    """
    whole = hashlib.sha256()
    for name, path in sorted(
        (os.fsencode(path.relative_to(folder)), path) for path in _files(folder)
    ):
        whole.update(hashlib.sha256(name).digest() + _checksum(path))
    return whole.hexdigest()


def is_finished(graded: Path, now: str) -> bool:
    """Return whether a folder holds the complete results of the submission with a fingerprint."""
    try:
        return (graded / MARKER).read_text("ascii") == now
    except (OSError, ValueError):
        return False


def begin(graded: Path) -> None:
    """Remove the marker, before anything else changes: what is interrupted now is graded again."""
    (graded / MARKER).unlink(missing_ok=True)


def finish(graded: Path, now: str) -> None:
    """Write the marker, after everything else."""
    write_whole(now, graded / MARKER, 0o444)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder, and follow no links."""
    for parent, _, names in os.walk(folder, onerror=_raise):
        for name in names:
            path = Path(parent) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _raise(error: OSError) -> None:
    raise error


def _checksum(path: Path) -> bytes:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.digest()
