"""A correct exercise 11, built on the oracles: its known mistakes replace parts of this code."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking import conv2d_oracles

Array = NDArray[Any]


def pad(x: Array, padding: Any, filter_shape: tuple[int, int], stride: int = 1) -> Any:
    """Put zeros around images."""
    return conv2d_oracles.pad(x, padding, filter_shape, stride)


def output_size(size: int, filter: int, stride: int = 1, padding: Any = 0) -> int:
    """Return the number of equation (1)."""
    if padding == "same":
        return len(range(0, size, stride))
    zeros = 0 if padding == "valid" else padding
    return len(range(0, size + 2 * zeros - filter + 1, stride))


def excluded_pixels(size: int, filter: int, stride: int) -> int:
    """Return the number of equation (2)."""
    return (size - filter) % stride


def dilate(gradient: Array, stride: int) -> Array:
    """Put zeros between neighbours."""
    rows, columns = ((size - 1) * stride + 1 for size in gradient.shape[-2:])
    dilated = np.zeros((*gradient.shape[:-2], rows, columns), gradient.dtype)
    dilated[..., ::stride, ::stride] = gradient
    return dilated


def convolve(image: Array, kernel: Array, stride: int = 1, full: bool = False) -> Any:
    """Correlate with a stride."""
    rows, columns = kernel.shape
    padding = (rows - 1, columns - 1) if full else "valid"
    x, kernels = image[None, None], kernel[None, None]
    return conv2d_oracles.forward(x, kernels, np.zeros(1), stride, padding)[0, 0].astype(
        image.dtype
    )
