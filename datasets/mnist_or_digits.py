"""Load MNIST, or digits if MNIST is not available."""

import os
from dataclasses import replace

from datasets.dataset import Dataset
from datasets.digits import load_digits
from datasets.errors import DatasetError
from datasets.mnist import load_mnist


def load_mnist_or_digits(*, download: bool = True) -> Dataset:
    """Return MNIST if it is available, and digits otherwise.

    Parameters
    ----------
    download : bool
        Whether to download MNIST if it is not on this machine.

    Returns
    -------
    Dataset
        Its `name` says which one it is; for "digits", its `note` says why MNIST is not available.

    Raises
    ------
    DatasetError
        `MNIST_DIR` is set, but its files are missing or damaged. Whoever sets it wants MNIST; with
        another data set they would get the wrong results.
    """
    if os.environ.get("MNIST_DIR"):
        return load_mnist()
    try:
        return load_mnist(download=download)
    except DatasetError as error:
        return replace(load_digits(), note=f"This is digits, not MNIST: {error}")
