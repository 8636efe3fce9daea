import math

import numpy as np
from scipy.signal import correlate2d

PADDINGS = ("valid", "same")


def zeros_for(size, padding, filter, stride):
    if padding == "valid":
        return 0, 0
    if padding == "same":
        missing = max((math.ceil(size / stride) - 1) * stride + filter - size, 0)
        return math.floor(missing / 2), math.ceil(missing / 2)
    return padding, padding


def pad(x, padding, filter_shape, stride=1):
    """Widths come back as an array."""
    if isinstance(padding, str):
        if padding not in PADDINGS:
            raise ValueError
        padding = (padding, padding)
    elif isinstance(padding, int):
        padding = (padding,) * 2
    widths = np.array(
        [zeros_for(*case, stride) for case in zip(x.shape[-2:], padding, filter_shape, strict=True)]
    )
    return np.pad(x, np.vstack([np.zeros((x.ndim - 2, 2), int), widths])), widths


def output_size(size, filter, stride=1, padding=0):
    before, after = zeros_for(size, padding, filter, stride)
    return np.int64((before + size + after - filter) // stride + 1)


def excluded_pixels(size, filter, stride):
    return divmod(size - filter, stride)[1]


def dilate(gradient, stride):
    for axis in (-2, -1):
        n = gradient.shape[axis]
        gaps = np.repeat(np.arange(1, n), stride - 1)
        gradient = np.insert(gradient, gaps, 0, axis=axis)
    return gradient


def convolve(image, kernel, stride=1, full=False):
    output = correlate2d(image, kernel, mode="full" if full else "valid")
    return output[::stride, ::stride]
