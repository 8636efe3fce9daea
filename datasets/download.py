"""Download files from a mirror to the cache, completely or not at all."""

import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from datasets.errors import DatasetError
from datasets.read_files import GZIP_MAGIC, read_idx
from datasets.source import Found, IdxFile, Source
from datasets.transfer import check_reachable, host_of, transfer

PREFIX = ".download-"
OTHERWISE = (
    "put the four files of MNIST in a folder and set MNIST_DIR to that folder, "
    "or use `load_digits()`, which needs no network."
)


def download_files(source: Source, files: Sequence[IdxFile], cache: Path) -> dict[IdxFile, Found]:
    """Download files, verify them all, and then put them in the cache.

    They are downloaded to a temporary folder inside the cache, which is deleted whatever happens, even
    after Ctrl-C. From there each file is moved in one step, so that several processes can download at
    the same time and see only complete files.

    Parameters
    ----------
    source : Source
        The data set; its mirrors are tried in order.
    files : sequence of IdxFile
        The files to download.
    cache : Path
        The folder to put them in; it is created if necessary.

    Returns
    -------
    dict of IdxFile to Found
        One for each of `files`.

    Raises
    ------
    DatasetError
        No mirror has them, or they cannot be written to the cache.
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
        # Another mirror would not help against a full disk, so we try no more of them.
        raise DatasetError(
            f"{source.name} cannot be written to {cache}: {error.strerror or error}",
            f"Make that folder writable, with some 12 MB of free space, or {OTHERWISE}",
        ) from error


def _ask_mirrors(
    source: Source, files: Sequence[IdxFile], folder: Path
) -> dict[IdxFile, NDArray[np.uint8]]:
    """Download files to a folder; if a mirror lacks some, get them from the next one."""
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
    """Move a verified file to the cache, with or without .gz in its name, as its content requires."""
    with fresh.open("rb") as stream:
        # A server may declare the .gz as a transport encoding; then the file arrives unpacked.
        suffix = ".gz" if stream.read(2) == GZIP_MAGIC else ""
    target = cache / f"{file.name}{suffix}"
    try:
        fresh.replace(target)
    except PermissionError:
        # Windows cannot replace a file that is open. If another process has it open, that process
        # has probably just downloaded it, and its copy is as good as ours.
        with suppress(FileNotFoundError, DatasetError):
            read_idx(target, file)
            return target
        raise
    return target


def _remove_leftovers(cache: Path) -> None:
    """Remove the folders of processes that were killed during a download."""
    for folder in cache.glob(f"{PREFIX}*"):
        # Only after a day, so that a slow download of another process is not disturbed. An error
        # means that another process is removing the same folder.
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > 24 * 3600:
                shutil.rmtree(folder)
