"""From a file on disk to an array that is known to be right."""

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
        The file. Whether it is gzipped is seen from its first bytes, not from its name: some
        browsers and some servers unpack a ``.gz`` and keep its name.
    file : IdxFile
        What it must be.
    where : str
        What to call it in an error; its path by default.

    Returns
    -------
    ndarray of uint8, shape `file.shape`
        Read-only.

    Raises
    ------
    FileNotFoundError
        There is nothing of that name. Left to the caller, who may have another name to try.
    DatasetError
        It cannot be read, is damaged, or is another file.
    """
    where = where or str(path)
    content = _read_bytes(path, file.largest_form, where)
    if content.startswith(GZIP_MAGIC):
        content = _gunzip(content, file.size, where)
    array = parse_idx(content, file, where)
    checksum = hashlib.sha256(content).hexdigest()
    if checksum != file.sha256:
        raise DatasetError(
            f"{where} has the form but not the content of {file.name} (Fashion-MNIST has files of "
            f"the same names): SHA-256 {checksum}, expected {file.sha256}"
        )
    return array


def _read_bytes(path: Path, limit: int, where: str) -> bytes:
    """Read at most `limit + 1` bytes: enough to see that a file is too long."""
    try:
        # Asked first, because to open a pipe might wait for ever.
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
    # zlib, because the gzip module has one and the same error for damage and for trailing bytes.
    content = b""
    while packed:  # gzip data may come in several members, one after the other
        if content and not packed.startswith(GZIP_MAGIC):
            raise DatasetError(f"{where} is too long: its gzip data ends, then come other bytes")
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)  # 16: gzip's header and checksum
        try:
            content += unpacker.decompress(packed, size + 1 - len(content))
        except zlib.error as error:
            raise DatasetError(f"{where} is damaged and does not unpack ({error})") from error
        if len(content) > size:
            break  # parse_idx says that it is too long
        if not unpacker.eof:
            raise DatasetError(f"{where} is cut short: its gzip data has no end")
        packed = unpacker.unused_data
    return content
