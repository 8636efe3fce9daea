"""MNIST: 70,000 handwritten digits, from a folder, the cache or a mirror."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from datasets.dataset import Dataset
from datasets.find_files import cache_folder, find_in_cache, find_in_folder
from datasets.source import Found, IdxFile, Source

MNIST = Source(
    name="MNIST",
    # In the order of the fields of Dataset.
    files=(
        IdxFile(
            "train-images-idx3-ubyte",
            (60_000, 28, 28),
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        ),
        IdxFile(
            "train-labels-idx1-ubyte",
            (60_000,),
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ),
        IdxFile(
            "t10k-images-idx3-ubyte",
            (10_000, 28, 28),
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        ),
        IdxFile(
            "t10k-labels-idx1-ubyte",
            (10_000,),
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
    ),
    mirrors=(
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    ),
)


def load_mnist(folder: str | os.PathLike[str] | None = None, *, download: bool = True) -> Dataset:
    """Return MNIST, verified.

    Parameters
    ----------
    folder : path, optional
        The folder with its four files, each with or without ``.gz``. By default, the folder in the
        environment variable `MNIST_DIR`, or else the course's cache.
    download : bool
        Whether to download files that the cache lacks; otherwise an error is raised.

    Returns
    -------
    Dataset
        x float32 in [0, 1] of shape (60000, 1, 28, 28) and (10000, 1, 28, 28), y int64 of shape
        (60000,) and (10000,).

    Raises
    ------
    DatasetError
        A file is missing, unreadable, damaged or the wrong one, or no mirror has it. If you name a
        folder, nothing is taken from the cache or downloaded instead.
    """
    return as_dataset(find_mnist(folder, download=download))


def find_mnist(
    folder: str | os.PathLike[str] | None = None, *, download: bool = True, source: Source = MNIST
) -> list[Found]:
    """Do the work of `load_mnist` for any source, and return the files with their contents."""
    if folder is not None:
        path = Path(folder).expanduser()
        return find_in_folder(source, path, "the folder given", "leave out the folder")
    # An empty variable counts as unset: this is how people disable one for a single command.
    if named := os.environ.get("MNIST_DIR"):
        path = Path(named).expanduser()
        return find_in_folder(source, path, "the folder in MNIST_DIR", "unset MNIST_DIR")
    return find_in_cache(source, cache_folder(), download=download)


def as_dataset(found: list[Found], name: str = "MNIST") -> Dataset:
    """Turn four IDX arrays into input and labels for a network."""
    x_train, y_train, x_test, y_test = (item.array for item in found)
    return Dataset(
        _images(x_train), y_train.astype(np.int64), _images(x_test), y_test.astype(np.int64), name
    )


def _images(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Scale pixels from 0 to 255, shape (n, 28, 28), to [0, 1], shape (n, 1, 28, 28)."""
    # In one pass: converting to float64 first would take 376 MB for the training images.
    return np.divide(pixels[:, np.newaxis], 255, dtype=np.float32)
