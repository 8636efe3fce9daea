"""The better of two data sets, in one call."""

import os
from dataclasses import replace

from datasets.dataset import Dataset
from datasets.digits import load_digits
from datasets.errors import DatasetError
from datasets.mnist import load_mnist


def load_mnist_or_digits(*, download: bool = True) -> Dataset:
    """Return MNIST where it can be had, digits otherwise.

    Parameters
    ----------
    download : bool
        False to take MNIST only if it is on this machine already.

    Returns
    -------
    Dataset
        Its `name` says which one it is; if "digits", its `note` says why MNIST was not to be had.

    Raises
    ------
    DatasetError
        `MNIST_DIR` is set, but the files there are missing or damaged. Whoever set it means MNIST;
        going on with another data set would give them results of something else.
    """
    if os.environ.get("MNIST_DIR"):
        return load_mnist()
    try:
        return load_mnist(download=download)
    except DatasetError as error:
        return replace(load_digits(), note=f"This is digits, not MNIST: {error}")
