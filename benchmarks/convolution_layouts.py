"""Compare ways to lay out a convolution in NumPy: `python benchmarks/convolution_layouts.py`.

Forward and backward, stride 1, float32; needs NumPy alone. The ways take turns, and the medians are
printed. Each is first checked against the others.

by offset
    columns in (C, R, S, N, H', W') order, filled by one slice for each place in the kernel; three
    matrix products, and col2im by the same slices (exercise 13's layer)
by window
    columns of the same order from sliding_window_view: one copy in place of R times S
images first
    columns for each image, (N, C, R, S, H', W'), and a stack of N matrix products
channels last
    NHWC: rows (N, H', W', R, S, C), so that every slice is contiguous along C
no columns
    for each place in the kernel, one product of a slice of the images: tensordot, added up
in blocks
    by offset, a few images at a time, so that their columns stay in the cache
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from by_turns import medians
from convolution import SHAPES, Arrays, draw
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]
Answer = tuple[Array, Array, Array]
"""The output without its bias, the kernels' gradient and the input's gradient."""

BLOCK = 400_000
"""Bytes of columns in a block: they fit into a core's own cache."""


def by_offset(arrays: Arrays) -> Answer:
    """Fill the columns by kernel offsets."""
    x, kernels, _, g = arrays
    n, c, height, width = x.shape
    f, _, r, s = kernels.shape
    rows, columns = g.shape[2:]
    seen = np.empty((c, r, s, n, rows, columns), x.dtype)
    by_channel = x.swapaxes(0, 1)
    for a, b in np.ndindex(r, s):
        seen[:, a, b] = by_channel[:, :, a : a + rows, b : b + columns]
    flat, weights = seen.reshape(c * r * s, -1), kernels.reshape(f, -1)
    output = (weights @ flat).reshape(f, n, rows, columns).swapaxes(0, 1)
    sent = np.ascontiguousarray(g.swapaxes(0, 1)).reshape(f, -1)
    to_kernels = (sent @ flat.T).reshape(kernels.shape)
    back = (weights.T @ sent).reshape(c, r, s, n, rows, columns)
    to_input = np.zeros((c, n, height, width), x.dtype)
    for a, b in np.ndindex(r, s):
        to_input[:, :, a : a + rows, b : b + columns] += back[:, a, b]
    return output, to_kernels, to_input.swapaxes(0, 1)


def by_window(arrays: Arrays) -> Answer:
    """Copy the columns from a view of all windows."""
    x, kernels, _, g = arrays
    n, c, height, width = x.shape
    f, _, r, s = kernels.shape
    rows, columns = g.shape[2:]
    windows = sliding_window_view(x, (r, s), (2, 3))
    flat = windows.transpose(1, 4, 5, 0, 2, 3).reshape(c * r * s, -1)
    weights = kernels.reshape(f, -1)
    output = (weights @ flat).reshape(f, n, rows, columns).swapaxes(0, 1)
    sent = np.ascontiguousarray(g.swapaxes(0, 1)).reshape(f, -1)
    to_kernels = (sent @ flat.T).reshape(kernels.shape)
    padded = np.pad(g, ((0, 0), (0, 0), (r - 1, r - 1), (s - 1, s - 1)))
    seen = sliding_window_view(padded, (r, s), (2, 3)).transpose(1, 4, 5, 0, 2, 3)
    turned = kernels[:, :, ::-1, ::-1].swapaxes(0, 1).reshape(c, -1)
    to_input = (turned @ seen.reshape(f * r * s, -1)).reshape(c, n, height, width)
    return output, to_kernels, to_input.swapaxes(0, 1)


def images_first(arrays: Arrays) -> Answer:
    """Multiply image by image."""
    x, kernels, _, g = arrays
    n, c, _, _ = x.shape
    f, _, r, s = kernels.shape
    rows, columns = g.shape[2:]
    seen = np.empty((n, c, r, s, rows, columns), x.dtype)
    for a, b in np.ndindex(r, s):
        seen[:, :, a, b] = x[:, :, a : a + rows, b : b + columns]
    flat, weights = seen.reshape(n, c * r * s, -1), kernels.reshape(f, -1)
    output = (weights @ flat).reshape(g.shape)
    sent = g.reshape(n, f, -1)
    to_kernels = (sent @ flat.swapaxes(1, 2)).sum(axis=0).reshape(kernels.shape)
    back = (weights.T @ sent).reshape(n, c, r, s, rows, columns)
    to_input = np.zeros_like(x)
    for a, b in np.ndindex(r, s):
        to_input[:, :, a : a + rows, b : b + columns] += back[:, :, a, b]
    return output, to_kernels, to_input


def channels_last(arrays: Arrays) -> Answer:
    """Keep the channels together; images and gradients are brought into that order first."""
    x, kernels, _, g = arrays
    n, c, height, width = x.shape
    f, _, r, s = kernels.shape
    rows, columns = g.shape[2:]
    last = np.ascontiguousarray(x.transpose(0, 2, 3, 1))
    seen = np.empty((n, rows, columns, r, s, c), x.dtype)
    for a, b in np.ndindex(r, s):
        seen[:, :, :, a, b] = last[:, a : a + rows, b : b + columns]
    flat = seen.reshape(-1, r * s * c)
    weights = kernels.transpose(2, 3, 1, 0).reshape(-1, f)
    output = (flat @ weights).reshape(n, rows, columns, f).transpose(0, 3, 1, 2)
    sent = np.ascontiguousarray(g.transpose(0, 2, 3, 1)).reshape(-1, f)
    to_kernels = (flat.T @ sent).reshape(r, s, c, f).transpose(3, 2, 0, 1)
    back = (sent @ weights.T).reshape(n, rows, columns, r, s, c)
    to_input = np.zeros((n, height, width, c), x.dtype)
    for a, b in np.ndindex(r, s):
        to_input[:, a : a + rows, b : b + columns] += back[:, :, :, a, b]
    return output, to_kernels, to_input.transpose(0, 3, 1, 2)


def no_columns(arrays: Arrays) -> Answer:
    """Add up one product for each place in the kernel."""
    x, kernels, _, g = arrays
    rows, columns = g.shape[2:]
    output = np.zeros((kernels.shape[0], len(x), rows, columns), x.dtype)
    to_kernels = np.empty_like(kernels)
    to_input = np.zeros((x.shape[1], len(x), *x.shape[2:]), x.dtype)
    for a, b in np.ndindex(kernels.shape[2:]):
        seen = x[:, :, a : a + rows, b : b + columns]
        output += np.tensordot(kernels[:, :, a, b], seen, (1, 1))
        to_kernels[:, :, a, b] = np.tensordot(g, seen, ((0, 2, 3), (0, 2, 3)))
        back = np.tensordot(kernels[:, :, a, b], g, (0, 1))
        to_input[:, :, a : a + rows, b : b + columns] += back
    return output.swapaxes(0, 1), to_kernels, to_input.swapaxes(0, 1)


def in_blocks(arrays: Arrays) -> Answer:
    """Work on a few images at a time."""
    x, kernels, bias, g = arrays
    bytes_each = 4 * kernels[0].size * g[0, 0].size
    step = max(1, BLOCK // bytes_each)
    outputs, to_kernels, to_inputs = [], np.zeros_like(kernels), []
    for start in range(0, len(x), step):
        few = slice(start, start + step)
        output, share, to_input = by_offset(Arrays(x[few], kernels, bias, g[few]))
        outputs.append(output)
        to_inputs.append(to_input)
        to_kernels += share
    return np.concatenate(outputs), to_kernels, np.concatenate(to_inputs)


WAYS: dict[str, Callable[[Arrays], Answer]] = {
    "by offset": by_offset,
    "by window": by_window,
    "images first": images_first,
    "channels last": channels_last,
    "no columns": no_columns,
    "in blocks": in_blocks,
}


def expect_agreement(arrays: Arrays) -> None:
    """Fail if two ways give different numbers."""
    right = by_offset(Arrays(*(array.astype(float) for array in arrays)))
    for name, way in WAYS.items():
        for found, expected in zip(way(arrays), right, strict=True):
            most = float(np.abs(expected).max())
            assert np.allclose(found, expected, rtol=1e-4, atol=1e-5 * most), name
            assert found.dtype == np.float32, name


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each way and shape")
    options = parser.parse_args()
    print(f"| ms | {' | '.join(WAYS)} | fastest |\n|{'---|' * (len(WAYS) + 2)}")
    for shape in SHAPES:
        arrays = draw(shape)
        expect_agreement(arrays)
        calls = {name: partial(way, arrays) for name, way in WAYS.items()}
        took = medians(calls, seconds=options.seconds)
        cells = " | ".join(f"{1000 * time:.3g}" for time in took.values())
        print(f"| {shape} | {cells} | {min(took, key=lambda name: took[name])} |", flush=True)


if __name__ == "__main__":
    main()
