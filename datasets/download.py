"""From a mirror to the cache, whole or not at all."""

import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from datasets.errors import DatasetError
from datasets.reading import GZIP_MAGIC, read_idx
from datasets.source import Found, IdxFile, Source
from datasets.transfer import check_reachable, host_of, transfer

PREFIX = ".download-"
OTHERWISE = (
    "put the four files of MNIST in a folder and set MNIST_DIR to that folder, "
    "or work on with `load_digits()`, which needs no network."
)


def download_files(source: Source, files: Sequence[IdxFile], cache: Path) -> dict[IdxFile, Found]:
    """Download files and put them in the cache, once all of them are verified.

    Everything happens in a temporary folder of this process inside the cache, which goes away
    whatever happens, Ctrl-C included. From there a file moves to its place in one step, so that
    several processes may download at once: each of them only ever sees whole files there.

    Parameters
    ----------
    source : Source
        Whose mirrors to ask.
    files : sequence of IdxFile
        Which of its files to download.
    cache : Path
        Where to put them; made if need be.

    Returns
    -------
    dict of IdxFile to Found
        One for each of `files`.

    Raises
    ------
    DatasetError
        No mirror had them, or they cannot be written here.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(cache)
        with TemporaryDirectory(prefix=PREFIX, dir=cache, ignore_cleanup_errors=True) as folder:
            arrays = _ask_mirrors(source, files, Path(folder))
            return {
                file: Found(_put_in_place(Path(folder) / file.name, cache, file), array)
                for file, array in arrays.items()
            }
    except OSError as error:
        # No mirror can help with a full disk, so none is asked any more.
        raise DatasetError(
            f"{source.name} cannot be written to {cache}: {error.strerror or error}",
            f"Make that folder writable, with some 12 MB of free space, or {OTHERWISE}",
        ) from error


def _ask_mirrors(
    source: Source, files: Sequence[IdxFile], folder: Path
) -> dict[IdxFile, NDArray[np.uint8]]:
    """Download files into a folder; what one mirror does not have is taken from the next."""
    arrays: dict[IdxFile, NDArray[np.uint8]] = {}
    answers: list[str] = []
    for mirror in source.mirrors:
        try:
            check_reachable(mirror)
            for file in files:
                if file not in arrays:
                    transfer(f"{mirror}{file.name}.gz", folder / file.name, file)
                    where = f"{file.name}.gz from {host_of(mirror)}"
                    arrays[file] = read_idx(folder / file.name, file, where)
            return arrays
        except DatasetError as error:
            answers.append(error.problem)
    problem = f"{source.name} cannot be downloaded: {'; '.join(answers)}"
    raise DatasetError(problem, f"Try again later, or {OTHERWISE}")


def _put_in_place(fresh: Path, cache: Path, file: IdxFile) -> Path:
    """Move a verified file into the cache under the name that it deserves."""
    with fresh.open("rb") as stream:
        # A server may declare the .gz an encoding of the transport; then it arrives unpacked.
        suffix = ".gz" if stream.read(2) == GZIP_MAGIC else ""
    target = cache / f"{file.name}{suffix}"
    try:
        fresh.replace(target)
    except PermissionError:
        # Windows does not replace a file that is being read. If another process reads it there,
        # it has most likely just put it there, and it is as good as ours.
        with suppress(FileNotFoundError, DatasetError):
            read_idx(target, file)
            return target
        raise
    return target


def _remove_leftovers(cache: Path) -> None:
    """Remove what a process left that was killed in the middle of a download."""
    for folder in cache.glob(f"{PREFIX}*"):
        # Another process may be doing the same; a day, so as not to disturb a slow download.
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > 24 * 3600:
                shutil.rmtree(folder)
