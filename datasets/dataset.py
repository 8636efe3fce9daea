"""What every loader returns."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


# eq=False, because == would compare arrays, whose truth value raises an error.
@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples for training and samples for testing.

    Attributes
    ----------
    x_train, x_test : ndarray, shape (n, ...)
        Inputs. Images of digits are float32 in [0, 1] of shape (n, 1, 28, 28).
    y_train, y_test : ndarray, shape (n, ...)
        Targets. Images of digits have int64 labels of shape (n,).
    name : str
        "MNIST", "digits", "XOR" or "shapes".
    note : str
        Why it is this data set and not a better one; empty if there is nothing to say.
    """

    x_train: NDArray[np.floating[Any]]
    y_train: NDArray[Any]
    x_test: NDArray[np.floating[Any]]
    y_test: NDArray[Any]
    name: str
    note: str = ""

    def __repr__(self) -> str:
        """Show the shapes; the arrays would fill the screen."""
        return (
            f"<Dataset {self.name}: train {self.x_train.shape} -> {self.y_train.shape}, "
            f"test {self.x_test.shape} -> {self.y_test.shape}>"
        )
