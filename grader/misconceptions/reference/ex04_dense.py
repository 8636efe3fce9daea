"""A correct exercise 4, built on the oracles: its known mistakes replace parts of this code."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def he_initialisation(input_size: int, output_size: int) -> Any:
    """Exercise 4: draw the weights."""
    return np.random.randn(output_size, input_size) * np.sqrt(2 / input_size)


class Dense:
    """Exercise 4."""

    def __init__(self, input_size: int, output_size: int) -> None:
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros((output_size, 1))
        self.input: Any = None
        self.output: Any = None

    def forward(self, input: Array, training: bool = False) -> Any:
        """Multiply and add."""
        self.input = input
        self.output = np.einsum("ij,jk->ik", self.weights, input) + self.bias
        return self.output

    def backward(self, output_gradient: Array, learning_rate: float) -> Any:
        """Update, and return the input gradient."""
        to_input = np.einsum("ij,ik->jk", self.weights, output_gradient)
        to_weights = np.einsum("ik,jk->ij", output_gradient, self.input)
        self.weights = self.weights - learning_rate * to_weights
        self.bias = self.bias - learning_rate * output_gradient
        return to_input
