"""MNIST: 70,000 handwritten digits, from a folder, the cache or a mirror."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from datasets.dataset import Dataset
from datasets.finding import cache_folder, find_in_cache, find_in_folder
from datasets.source import Found, IdxFile, Source

MNIST = Source(
    name="MNIST",
    # In the order of Dataset's fields.
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
        Where its four files lie, each as it is or with ``.gz``. By default, what the environment
        variable `MNIST_DIR` names, else the cache of this course.
    download : bool
        False to raise an error rather than download what the cache does not hold.

    Returns
    -------
    Dataset
        x float32 in [0, 1] of shape (60000, 1, 28, 28) and (10000, 1, 28, 28), y int64 of shape
        (60000,) and (10000,).

    Raises
    ------
    DatasetError
        A file is missing, cannot be read, is damaged, or is another file, or no mirror had it.
        A folder that was named is never passed over in favour of the cache or a download.
    """
    return as_dataset(find_mnist(folder, download=download))


def find_mnist(
    folder: str | os.PathLike[str] | None = None, *, download: bool = True, source: Source = MNIST
) -> list[Found]:
    """Do the work of `load_mnist`, for any source, and return files with their contents."""
    if folder is not None:
        return find_in_folder(source, Path(folder).expanduser(), "the folder given", "give none")
    # An empty variable counts as unset: it is how people switch one off for a single command.
    if named := os.environ.get("MNIST_DIR"):
        path = Path(named).expanduser()
        return find_in_folder(source, path, "the folder in MNIST_DIR", "unset MNIST_DIR")
    return find_in_cache(source, cache_folder(), download=download)


def as_dataset(found: list[Found], name: str = "MNIST") -> Dataset:
    """Turn four IDX arrays into what a network takes."""
    x_train, y_train, x_test, y_test = (item.array for item in found)
    return Dataset(
        _images(x_train), y_train.astype(np.int64), _images(x_test), y_test.astype(np.int64), name
    )


def _images(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Bring pixels of 0 to 255, shape (n, 28, 28), to [0, 1], shape (n, 1, 28, 28)."""
    # In one pass: a detour by float64 would take 376 MB for the training images.
    return np.divide(pixels[:, np.newaxis], 255, dtype=np.float32)
