"""Write a file completely or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(text: str, path: Path, mode: int = 0o600) -> None:
    """Write a text to a file, replacing it as a whole.

    Parameters
    ----------
    text : str
    path : Path
    mode : int
        The file's permissions.

    Raises
    ------
    OSError
        If the file cannot be written; an existing file is left unchanged.
    """
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
