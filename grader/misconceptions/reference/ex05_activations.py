"""A correct exercise 5, built on the oracles: its known mistakes replace parts of this code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numpy.typing import NDArray

from grader.checking import oracles

Array = NDArray[Any]


class Activation:
    """Exercise 5."""

    def __init__(
        self, activation: Callable[..., Any], activation_prime: Callable[..., Any]
    ) -> None:
        self.activation = activation
        self.activation_prime = activation_prime
        self.input: Any = None
        self.output: Any = None

    def forward(self, input: Array, training: bool = False) -> Any:
        """Apply the function."""
        self.input = input
        self.output = self.activation(input)
        return self.output

    def backward(self, output_gradient: Array, learning_rate: float) -> Any:
        """Apply its derivative."""
        return output_gradient * self.activation_prime(self.input)


class Sigmoid(Activation):
    """Exercise 5."""

    def __init__(self) -> None:
        super().__init__(oracles.sigmoid, oracles.sigmoid_prime)


class ReLU(Activation):
    """Exercise 5."""

    def __init__(self) -> None:
        super().__init__(lambda x: x * (x > 0), lambda x: (x > 0) * 1.0)
