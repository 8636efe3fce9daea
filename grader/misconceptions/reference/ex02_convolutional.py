"""A correct exercise 2, built on the oracles: its known mistakes replace parts of this code."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking import oracles

Array = NDArray[Any]


class Convolutional:
    """Exercise 2."""

    def __init__(self, input_shape: tuple[int, int, int], kernel_size: int, depth: int) -> None:
        channels, height, width = input_shape
        self.kernels = np.zeros((depth, channels, kernel_size, kernel_size))
        self.biases = np.zeros((depth, height - kernel_size + 1, width - kernel_size + 1))
        self.input: Any = None
        self.output: Any = None

    def forward(self, input: Array, training: bool = False) -> Any:
        """Correlate."""
        self.input = input
        self.output = oracles.convolutional_forward(input, self.kernels, self.biases)
        return self.output

    def backward(self, output_gradient: Array, learning_rate: float) -> Any:
        """Update, and return the input gradient."""
        to_input, to_kernels, to_biases = oracles.convolutional_gradients(
            self.input, self.kernels, output_gradient
        )
        self.kernels = self.kernels - learning_rate * to_kernels
        self.biases = self.biases - learning_rate * to_biases
        return to_input
