# Windows line endings (checked by the test), and a message for each call.
import sys
from typing import Any

import numpy as np
from layer import Layer


class Reshape(Layer):
    """Change de forme, bruyamment."""

    def __init__(self, input_shape: tuple, output_shape: tuple, name: str = "forme") -> None:
        """Retient les deux formes."""
        super().__init__()
        self.shapes: dict[str, Any] = {"in": input_shape, "out": output_shape}
        self.name = name

    def forward(self, input: np.ndarray, training: bool = False, **options: Any) -> np.ndarray:
        """Aplatit, ou l'inverse."""
        print(f"{self.name}: {self.shapes['in']} -> {self.shapes['out']}", options)
        return np.reshape(input, self.shapes["out"])

    def backward(self, output_gradient: np.ndarray, learning_rate: float, *_: Any) -> np.ndarray:
        """Fait le chemin du retour."""
        sys.stderr.write("retour\n")
        return np.reshape(output_gradient, self.shapes["in"])
