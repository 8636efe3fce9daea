"""Read a file from disk and verify that it is the right one."""

import hashlib
import stat
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from datasets.errors import DatasetError
from datasets.idx import parse_idx
from datasets.source import IdxFile

GZIP_MAGIC = b"\x1f\x8b"


def read_idx(path: Path, file: IdxFile, where: str = "") -> NDArray[np.uint8]:
    """Read an IDX file, plain or gzipped, and verify that it is the right one.

    Parameters
    ----------
    path : Path
        The file. Its first bytes show whether it is gzipped. Its name does not: some browsers and
        servers unpack a ``.gz`` and keep the name.
    file : IdxFile
        The expected file.
    where : str
        What an error message calls the file; by default, its path.

    Returns
    -------
    ndarray of uint8, shape `file.shape`
        A read-only array.

    Raises
    ------
    FileNotFoundError
        The file does not exist. The caller may try another name.
    DatasetError
        The file is unreadable, damaged or the wrong one.
    """
    where = where or str(path)
    content = _read_bytes(path, file.largest_form, where)
    if content.startswith(GZIP_MAGIC):
        content = _gunzip(content, file.size, where)
    array = parse_idx(content, file, where)
    checksum = hashlib.sha256(content).hexdigest()
    if checksum != file.sha256:
        raise DatasetError(
            f"{where} has the format but not the content of {file.name} (Fashion-MNIST has files "
            f"with the same names): SHA-256 {checksum}, expected {file.sha256}"
        )
    return array


def _read_bytes(path: Path, limit: int, where: str) -> bytes:
    """Read at most `limit + 1` bytes: enough to see that a file is too long."""
    try:
        # Check this first: opening a pipe could wait for ever.
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
            raise DatasetError(f"{where} is {kind}, expected a file")
        with path.open("rb") as stream:
            return stream.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(path) from None
    except OSError as error:
        raise DatasetError(f"{where} cannot be read: {error.strerror or error}") from error


def _gunzip(packed: bytes, size: int, where: str) -> bytes:
    """Unpack at most `size + 1` bytes: a decompression bomb stops there."""
    # We use zlib because the gzip module raises the same error for damage and for trailing bytes.
    content = b""
    while packed:  # gzip data may consist of several members
        if content and not packed.startswith(GZIP_MAGIC):
            raise DatasetError(f"{where} is too long: other bytes follow its gzip data")
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)  # 16: gzip's header and checksum
        try:
            content += unpacker.decompress(packed, size + 1 - len(content))
        except zlib.error as error:
            raise DatasetError(f"{where} is damaged and cannot be unpacked ({error})") from error
        if len(content) > size:
            break  # parse_idx reports that it is too long
        if not unpacker.eof:
            raise DatasetError(f"{where} is incomplete: its gzip data has no end")
        packed = unpacker.unused_data
    return content
