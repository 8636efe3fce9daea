"""Read the IDX format, in which MNIST is published.

An IDX file is a magic number (two zero bytes, a code for the type of the elements, the number of
dimensions), the size of each dimension, and the elements in C order. Numbers are big-endian, four
bytes each. MNIST uses one type: unsigned bytes, code 8.
"""

import struct

import numpy as np
from numpy.typing import NDArray

from datasets.errors import DatasetError
from datasets.source import IdxFile

KINDS = {2051: "images (magic number 2051)", 2049: "labels (magic number 2049)"}


def parse_idx(content: bytes, file: IdxFile, where: str) -> NDArray[np.uint8]:
    """Read the array in the bytes of an IDX file.

    Parameters
    ----------
    content : bytes
        The uncompressed file.
    file : IdxFile
        The expected file.
    where : str
        What an error message calls the file.

    Returns
    -------
    ndarray of uint8, shape `file.shape`
        A read-only view of `content`.

    Raises
    ------
    DatasetError
        The content is something else, too short or too long.
    """
    header = struct.pack(f">{1 + len(file.shape)}I", file.magic, *file.shape)
    # Check the kind before the length: labels instead of images are also too short, and the message
    # would make the user look for a broken download.
    if len(content) >= 4 and content[:4] != header[:4]:
        raise DatasetError(f"{where} {_describe(content)}, expected {_kind(file.magic)}")
    if len(content) >= len(header) and content[: len(header)] != header:
        shape = struct.unpack(f">{len(file.shape)}I", content[4 : len(header)])
        raise DatasetError(f"{where} contains an array of shape {shape}, expected {file.shape}")
    if len(content) < file.size:
        raise DatasetError(f"{where} is incomplete: {len(content)} bytes, expected {file.size}")
    if len(content) > file.size:
        raise DatasetError(f"{where} is too long: expected {file.size} bytes, but more follow")
    return np.frombuffer(content, np.uint8, offset=len(header)).reshape(file.shape)


def _kind(magic: int) -> str:
    """Say what a magic number stands for."""
    return KINDS.get(magic, f"an IDX file with magic number {magic}")


def _describe(content: bytes) -> str:
    """Describe a file that begins with unexpected bytes."""
    if content[:2] == b"\x00\x00":
        return f"contains {_kind(int.from_bytes(content[:4], 'big'))}"
    # Most often a web page, from a captive portal or saved by a browser under this name.
    page = ", like a web page" if content.lstrip()[:1] == b"<" else ""
    return f"is not an IDX file (it begins with {content[:12]!r}{page})"
