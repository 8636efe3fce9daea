"""Correct convolutions of batches with stride and padding, window by window.

They are independent of `solutions/`: for each position of the window, they multiply what is seen there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Pair = tuple[int, int]
Widths = tuple[Pair, Pair]
Padding = str | int | Pair


class Gradients(NamedTuple):
    """The gradients of a convolution."""

    input: Array
    kernels: Array
    bias: Array


def pad_widths(size: Pair, padding: Padding, filter_shape: Pair, stride: int) -> Widths:
    """Return how many zeros go above and below, left and right of an image."""
    if padding == "same":
        return _same(size[0], filter_shape[0], stride), _same(size[1], filter_shape[1], stride)
    if isinstance(padding, str):
        return (0, 0), (0, 0)
    rows, columns = (padding, padding) if isinstance(padding, int) else padding
    return (int(rows), int(rows)), (int(columns), int(columns))


def _same(size: int, filter: int, stride: int) -> Pair:
    """Return the zeros before and after: as many outputs as every stride-th input number."""
    total = max((-(-size // stride) - 1) * stride + filter - size, 0)
    return total // 2, total - total // 2


def pad(x: Array, padding: Padding, filter_shape: Pair, stride: int) -> tuple[Array, Widths]:
    """Return the padded images, and how many zeros were added where."""
    height, width = x.shape[-2:]
    widths = pad_widths((height, width), padding, filter_shape, stride)
    (top, bottom), (left, right) = widths
    shape = (*x.shape[:-2], top + height + bottom, left + width + right)
    padded = np.zeros(shape, x.dtype)
    padded[..., top : top + height, left : left + width] = x
    return padded, widths


def windows(size: Pair, filter_shape: Pair, stride: int | Pair) -> Iterator[tuple[int, int, Any]]:
    """Yield each position in the output, and the part of an image that its window sees."""
    (height, width), (rows, columns) = size, filter_shape
    down, across = (stride, stride) if isinstance(stride, int) else stride
    for u, top in enumerate(range(0, height - rows + 1, down)):
        for v, left in enumerate(range(0, width - columns + 1, across)):
            yield u, v, (..., slice(top, top + rows), slice(left, left + columns))


def output_shape(size: Pair, filter_shape: Pair, stride: int) -> Pair:
    """Return how many windows fit one below the other, and side by side."""
    found = [(u, v) for u, v, _ in windows(size, filter_shape, stride)]
    u, v = found[-1] if found else (-1, -1)
    return u + 1, v + 1


def im2col(x: Array, filter_shape: Pair, stride: int) -> Array:
    """Return one column for each window, ordered by image, row and column."""
    seen = [x[window] for _, _, window in windows(x.shape[-2:], filter_shape, stride)]
    # From (windows, N, C, R, S) to (C, R, S, N, windows).
    return np.moveaxis(np.array(seen), (0, 1), (-1, -2)).reshape(
        x.shape[1] * filter_shape[0] * filter_shape[1], -1
    )


def col2im(columns: Array, x_shape: tuple[int, ...], filter_shape: Pair, stride: int) -> Array:
    """Return the sum, at each pixel, of the numbers that im2col would have taken from it."""
    samples, channels = x_shape[:2]
    x = np.zeros(x_shape, columns.dtype)
    apart = columns.reshape(channels, *filter_shape, samples, -1)
    where = windows((x_shape[-2], x_shape[-1]), filter_shape, stride)
    for number, (_, _, window) in enumerate(where):
        x[window] += np.moveaxis(apart[..., number], -1, 0)
    return x


def forward(x: Array, kernels: Array, bias: Array, stride: int, padding: Padding) -> Array:
    """Return the output maps: window by window, the sum of products with each kernel, plus a bias."""
    padded, _ = pad(x, padding, kernels.shape[2:], stride)
    shape = output_shape(padded.shape[-2:], kernels.shape[2:], stride)
    output = np.empty((len(x), len(kernels), *shape))
    for u, v, window in windows(padded.shape[-2:], kernels.shape[2:], stride):
        output[:, :, u, v] = np.einsum("ncrs,fcrs->nf", padded[window], kernels) + bias
    return output


def gradients(
    x: Array, kernels: Array, output_gradient: Array, stride: int, padding: Padding
) -> Gradients:
    """Return the gradients with respect to input, kernels and bias, summed over the batch.

    In each product, either factor gets the gradient of the output times the other factor.
    """
    padded, ((top, _), (left, _)) = pad(x, padding, kernels.shape[2:], stride)
    to_padded, to_kernels = np.zeros(padded.shape), np.zeros(kernels.shape)
    for u, v, window in windows(padded.shape[-2:], kernels.shape[2:], stride):
        sent = output_gradient[:, :, u, v]
        to_kernels += np.einsum("nf,ncrs->fcrs", sent, padded[window])
        to_padded[window] += np.einsum("nf,fcrs->ncrs", sent, kernels)
    height, width = x.shape[-2:]
    inside = to_padded[:, :, top : top + height, left : left + width]
    return Gradients(inside, to_kernels, np.einsum("nfuv->f", output_gradient))
