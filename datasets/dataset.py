"""What every loader returns."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


# Without eq=False, == would compare arrays, whose truth value is an error.
@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples to learn from and samples to judge by.

    Attributes
    ----------
    x_train, x_test : ndarray, shape (n, ...)
        Inputs. Images are float32 in [0, 1] of shape (n, 1, 28, 28).
    y_train, y_test : ndarray, shape (n, ...)
        Targets. Images have int64 labels of shape (n,).
    name : str
        "MNIST", "digits" or "XOR".
    note : str
        Why it is this data set and not the better one; empty where there is nothing to say.
    """

    x_train: NDArray[np.floating[Any]]
    y_train: NDArray[Any]
    x_test: NDArray[np.floating[Any]]
    y_test: NDArray[Any]
    name: str
    note: str = ""

    def __repr__(self) -> str:
        """Shapes in place of the arrays, which would fill the screen."""
        return (
            f"<Dataset {self.name}: train {self.x_train.shape} -> {self.y_train.shape}, "
            f"test {self.x_test.shape} -> {self.y_test.shape}>"
        )
