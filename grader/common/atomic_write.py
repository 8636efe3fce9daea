"""Write a file whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(text: str, path: Path, mode: int = 0o600) -> None:
    """Write a text into a file.

    Parameters
    ----------
    text : str
    path : Path
    mode : int
        Who may read and write the file.

    Raises
    ------
    OSError
        If the file cannot be written; an older one is left as it was.
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
