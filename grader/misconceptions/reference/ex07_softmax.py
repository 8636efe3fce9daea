"""Exercise 7 done right, on top of the oracles: what its known mistakes are told against."""

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
