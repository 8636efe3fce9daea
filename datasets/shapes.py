"""Four shapes on 3 x 3 pixels: the smallest images that a convolution can learn to tell apart."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.dataset import Dataset

SHAPES = {
    "vertical line": ("010", "010", "010"),
    "horizontal line": ("000", "111", "000"),
    "cross": ("010", "111", "010"),
    "diamond": ("010", "101", "010"),
}
"""Their names and pixels, in the order of the classes."""


def load_shapes(
    n: int = 500, noise: float = 0.25, test_share: float = 0.33, seed: int = 0
) -> Dataset:
    """Draw noisy images of a vertical line, a horizontal line, a cross and a diamond.

    Parameters
    ----------
    n : int
        How many images there are, as evenly spread over the four shapes as possible.
    noise : float
        The standard deviation of the normal noise that is added to every pixel.
    test_share : float
        The share of the images that is kept for testing, between 0 and 1.
    seed : int
        The same seed gives the same images.

    Returns
    -------
    Dataset
        x of shape (n, 1, 3, 3), where a shape is 1 and its background 0, and one-hot y of shape (n, 4),
        both float32.

    Raises
    ------
    ValueError
        If `test_share` is not between 0 and 1, or `n` or `noise` is negative.
    """
    if not (0 <= test_share <= 1 and n >= 0 and noise >= 0):
        raise ValueError("n and noise must not be negative, and test_share must be between 0 and 1")
    rng = np.random.default_rng(seed)
    shapes = np.array([[list(map(int, row)) for row in rows] for rows in SHAPES.values()])
    labels = rng.permutation(np.arange(n) % len(shapes))
    x = (shapes[labels] + rng.normal(0, noise, (n, 3, 3)))[:, np.newaxis].astype(np.float32)
    y = np.eye(len(shapes), dtype=np.float32)[labels]
    first = round(n * test_share)
    return Dataset(x[first:], y[first:], x[:first], y[:first], name="shapes")


def batches(
    x: NDArray[Any], y: NDArray[Any], size: int = 16, rng: np.random.Generator | None = None
) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Yield the samples in batches; the last one may be smaller.

    Parameters
    ----------
    x, y : ndarray, shape (n, ...)
        Inputs and targets.
    size : int
        How many samples a batch has.
    rng : Generator, optional
        Shuffles the samples; without it, they stay in order.

    Yields
    ------
    tuple of ndarray
        The inputs and the targets of one batch.
    """
    order = np.arange(len(x)) if rng is None else rng.permutation(len(x))
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        yield x[chosen], y[chosen]
