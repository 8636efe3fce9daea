"""Known mistakes of exercise 1: the padding in mode "full"."""

import numpy as np

from grader.checking.oracles import correlate2d
from grader.misconceptions import another_way, misconception


def _padded(image, kernel, mode, values):
    rows, columns = kernel.shape[0] - 1, kernel.shape[1] - 1
    margins = (rows, rows), (columns, columns)
    return np.pad(image, margins, mode=values) if mode == "full" else image


@misconception(
    "ex01/correlate2d",
    "no zeros around the image",
    hint="What counts outside the image in mode full? Print your padded image.",
)
def edges_repeated(image, kernel, mode="valid"):
    """In mode "full", your code repeats pixels of the image outside it, where all should be 0."""
    return correlate2d(_padded(image, kernel, mode, "edge"), kernel)


@another_way(edges_repeated)
def wrapped(image, kernel, mode="valid"):
    return correlate2d(_padded(image, kernel, mode, "wrap"), kernel)
