"""Correct results, computed directly from the definitions in the texts of the exercises.

They are independent of `solutions/`: sums over windows and matrices, without SciPy and without tricks.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]


def correlate2d(image: Array, kernel: Array, mode: str = "valid") -> Array:
    """Cross-correlate: at each position, the sum of window times kernel."""
    if mode not in ("valid", "full"):
        raise ValueError(f'mode must be "valid" or "full", not {mode!r}')
    kernel_height, kernel_width = kernel.shape
    if mode == "full":
        rows, columns = kernel_height - 1, kernel_width - 1
        image = np.pad(image, ((rows, rows), (columns, columns)))
    windows = sliding_window_view(image, (kernel_height, kernel_width))
    return np.asarray(np.einsum("uvab,ab->uv", windows, kernel))


def convolve2d(image: Array, kernel: Array, mode: str = "valid") -> Array:
    """Convolve: correlate with the kernel rotated by 180 degrees."""
    return correlate2d(image, np.flip(kernel), mode)


def convolutional_forward(input: Array, kernels: Array, biases: Array) -> Array:
    """Return y_i[u, v] = b_i[u, v] + the sum over j, a, c of x_j[u + a, v + c] k_ij[a, c]."""
    windows = sliding_window_view(input, kernels.shape[2:], axis=(1, 2))
    return np.asarray(biases + np.einsum("juvac,ijac->iuv", windows, kernels))


def convolutional_gradients(
    input: Array, kernels: Array, output_gradient: Array
) -> tuple[Array, Array, Array]:
    """Return the gradients with respect to input, kernels and biases.

    Each product x_j[u + a, v + c] k_ij[a, c] is a term of output (i, u, v). So each of its two factors
    gets the gradient of that output times the other factor.
    """
    input_gradient = np.zeros(input.shape)
    kernel_gradient = np.zeros(kernels.shape)
    _, height, width = output_gradient.shape
    for a, c in np.ndindex(kernels.shape[2:]):
        seen = input[:, a : a + height, c : c + width]
        kernel_gradient[:, :, a, c] = np.einsum("iuv,juv->ij", output_gradient, seen)
        input_gradient[:, a : a + height, c : c + width] += np.einsum(
            "iuv,ij->juv", output_gradient, kernels[:, :, a, c]
        )
    return input_gradient, kernel_gradient, output_gradient.copy()


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + exp(-x)), in a form in which exp does not overflow."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + small), small / (1 + small))


def sigmoid_prime(x: Array) -> Array:
    """Return s (1 - s); 1 - sigmoid(x) is sigmoid(-x), without cancellation."""
    return sigmoid(x) * sigmoid(-x)


def softmax(x: Array) -> Array:
    """Return exp(x_i) divided by the sum of all exp(x_k), with the largest x shifted to 0."""
    powers = np.exp(x - x.max())
    return np.asarray(powers / powers.sum())


def softmax_jacobian(x: Array) -> Array:
    """Return the matrix of dy_i / dx_k = y_i (delta_ik - y_k) of a column x."""
    y = softmax(x).ravel()
    return np.asarray(np.diag(y) - np.outer(y, y))


def binary_cross_entropy(y_true: Array, y_pred: Array) -> float:
    """Return the mean of -y log p - (1 - y) log(1 - p), for p strictly between 0 and 1."""
    return float(np.mean(-y_true * np.log(y_pred) - (1 - y_true) * np.log(1 - y_pred)))


def categorical_cross_entropy(y_true: Array, y_pred: Array) -> float:
    """Return the sum of -y log p, for p above 0."""
    return float(-np.sum(y_true * np.log(y_pred)))
