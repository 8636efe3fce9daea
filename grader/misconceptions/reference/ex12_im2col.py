"""A correct exercise 12, built on the oracles: its known mistakes replace parts of this code."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from grader.checking import conv2d_oracles

Array = NDArray[Any]


def im2col(x: Array, filter_shape: tuple[int, int], stride: int = 1) -> Array:
    """Return the matrix of equation (1)."""
    return conv2d_oracles.im2col(x, filter_shape, stride)


def col2im(
    columns: Array, x_shape: tuple[int, ...], filter_shape: tuple[int, int], stride: int = 1
) -> Array:
    """Return the sums of equation (3)."""
    return conv2d_oracles.col2im(columns, x_shape, filter_shape, stride)


def conv2d_im2col(x: Array, kernels: Array, bias: Array, stride: int = 1) -> Any:
    """Return the output of equation (2)."""
    return conv2d_oracles.forward(x, kernels, bias, stride, "valid").astype(x.dtype)
