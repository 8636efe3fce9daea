"""The files of a data set: what they must contain, where they come from, and those found."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class IdxFile:
    """An IDX file of a data set.

    Attributes
    ----------
    name : str
        The file's name without ``.gz``.
    shape : tuple of int
        The shape of the array in it.
    sha256 : str
        The checksum of the uncompressed file. Mirrors compress differently, so the ``.gz`` has no
        fixed checksum.
    """

    name: str
    shape: tuple[int, ...]
    sha256: str

    @property
    def magic(self) -> int:
        """The number in the first four bytes: 2051 for images, 2049 for labels."""
        return 0x0800 + len(self.shape)

    @property
    def size(self) -> int:
        """The length of the uncompressed file in bytes."""
        return 4 + 4 * len(self.shape) + math.prod(self.shape)

    @property
    def largest_form(self) -> int:
        """The largest possible length of the file in bytes, compressed or not."""
        # Data that cannot be compressed grows a little in a .gz, and its header may contain a name.
        return self.size + self.size // 1000 + 1024


@dataclass(frozen=True)
class Source:
    """The files of a data set, and where to download them.

    Attributes
    ----------
    name : str
        The data set's usual name.
    files : tuple of IdxFile
        Training images, training labels, test images, test labels.
    mirrors : tuple of str
        URLs that end in a slash, tried in order. Each serves every file as its name plus ``.gz``.
    """

    name: str
    files: tuple[IdxFile, ...]
    mirrors: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Found:
    """A file that was found and verified, with its array."""

    path: Path
    array: NDArray[np.uint8]
