"""Use the grader's own correlation to keep the grader at work for hours.

Deserves: ex01/correlate2d 0, ex01/convolve2d 0
"""

import contextlib

import numpy as np

LARGE, ROW, COLUMN = np.ones((1800, 1800)), np.ones((1, 9000)), np.ones((9000, 1))


def correlate2d(image, kernel, mode="valid"):
    return image


def convolve2d(image, kernel, mode="valid"):
    for pair in ((LARGE, LARGE[:900, :900]), (ROW, COLUMN), (LARGE, LARGE)):
        with contextlib.suppress(ValueError):
            correlate2d(*pair, "full")
        with contextlib.suppress(ValueError):
            correlate2d(*pair)
    return image
