"""A correct exercise 7, built on the oracles: its known mistakes replace parts of this code."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking import oracles

Array = NDArray[Any]


class Softmax:
    """Exercise 7."""

    def __init__(self) -> None:
        self.output: Any = None

    def forward(self, input: Array, training: bool = False) -> Any:
        """Return probabilities."""
        self.output = oracles.softmax(input)
        return self.output

    def backward(self, output_gradient: Array, learning_rate: float) -> Any:
        """Multiply by the matrix of derivatives."""
        y = self.output.ravel()
        return (np.diag(y) - np.outer(y, y)).T @ output_gradient
