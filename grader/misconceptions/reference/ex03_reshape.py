"""A correct exercise 3, built on the oracles: its known mistakes replace parts of this code."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Reshape:
    """Exercise 3."""

    def __init__(self, input_shape: tuple[int, ...], output_shape: tuple[int, ...]) -> None:
        self.input_shape = input_shape
        self.output_shape = output_shape

    def forward(self, input: Array, training: bool = False) -> Any:
        """Reshape."""
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient: Array, learning_rate: float) -> Any:
        """Reshape back."""
        return np.reshape(output_gradient, self.input_shape)
