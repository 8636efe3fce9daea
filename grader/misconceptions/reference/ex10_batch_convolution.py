"""A correct exercise 10, built on the oracles: its known mistakes replace parts of this code."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking import conv2d_oracles

Array = NDArray[Any]


def conv2d_forward(x: Array, kernels: Array, bias: Array) -> Any:
    """Equation (1)."""
    return conv2d_oracles.forward(x, kernels, bias, 1, "valid").astype(x.dtype)


def conv2d_kernel_gradient(output_gradient: Array, x: Array) -> Any:
    """Equation (2)."""
    height, width = (i - o + 1 for i, o in zip(x.shape[2:], output_gradient.shape[2:], strict=True))
    kernels = np.zeros((output_gradient.shape[1], x.shape[1], height, width))
    gradients = conv2d_oracles.gradients(x, kernels, output_gradient, 1, "valid")
    return (gradients.kernels / len(x)).astype(x.dtype)


def conv2d_bias_gradient(output_gradient: Array) -> Any:
    """Equation (3)."""
    return np.einsum("nfuv->f", output_gradient) / len(output_gradient)


def conv2d_input_gradient(output_gradient: Array, kernels: Array) -> Any:
    """Equation (4)."""
    (n, _, height, width), (_, channels, rows, columns) = output_gradient.shape, kernels.shape
    x = np.zeros((n, channels, height + rows - 1, width + columns - 1))
    gradients = conv2d_oracles.gradients(x, kernels, output_gradient, 1, "valid")
    return gradients.input.astype(kernels.dtype)
