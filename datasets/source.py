"""What is looked for, and what was found."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class IdxFile:
    """What an IDX file must be.

    Attributes
    ----------
    name : str
        File name without ``.gz``.
    shape : tuple of int
        Shape of the array in it.
    sha256 : str
        Checksum of the uncompressed file: mirrors compress differently, so nothing can be said
        about the ``.gz``.
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
        """Length of the uncompressed file in bytes."""
        return 4 + 4 * len(self.shape) + math.prod(self.shape)

    @property
    def largest_form(self) -> int:
        """How many bytes the file can have at most, packed or not."""
        # What cannot be compressed grows a little in a .gz, and its header has room for a name.
        return self.size + self.size // 1000 + 1024


@dataclass(frozen=True)
class Source:
    """The files of a data set, and where to fetch them.

    Attributes
    ----------
    name : str
        What people call it.
    files : tuple of IdxFile
        Training images, training labels, test images, test labels.
    mirrors : tuple of str
        URLs that end in a slash; each serves every file as its name plus ``.gz``. Tried in order.
    """

    name: str
    files: tuple[IdxFile, ...]
    mirrors: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Found:
    """A file that was found and verified, with what it holds."""

    path: Path
    array: NDArray[np.uint8]
