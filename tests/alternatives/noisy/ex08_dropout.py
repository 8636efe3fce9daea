# Prints the share that was dropped; rate is a read-only property; a seed may be given.
import logging
import sys

import numpy as np
from layer import Layer


class Dropout(Layer):
    """Spegne alcuni numeri."""

    def __init__(self, rate: float, seed: int | None = None) -> None:
        super().__init__()
        if not 0 <= rate < 1:
            raise ValueError("il tasso deve stare tra 0 e 1")
        self.__rate = rate
        self.rng = np.random.RandomState(seed)

    @property
    def rate(self) -> float:
        """Il tasso."""
        return self.__rate

    def forward(self, input: np.ndarray, training: bool = False, **_: object) -> np.ndarray:
        """Spegne, solo in allenamento."""
        if not training:
            self.mask = np.ones_like(input, dtype=bool)
            self.factor = 1.0
        else:
            self.mask = self.rng.random_sample(input.shape) >= self.rate
            self.factor = 1 / (1 - self.rate)
        logging.error("spenti: %d", np.count_nonzero(~self.mask))
        print("spenti", 1 - self.mask.mean(), file=sys.stderr)
        return input * self.mask * self.factor

    def backward(
        self, output_gradient: np.ndarray, learning_rate: float, **_: object
    ) -> np.ndarray:
        """Lascia passare dove è passato il numero."""
        print("indietro")
        return output_gradient * self.mask * self.factor
