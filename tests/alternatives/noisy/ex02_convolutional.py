# A dataclass with logging; kernels and biases are properties with setters that check shapes.
from __future__ import annotations

import logging
import sys
from dataclasses import dataclass, field

import numpy as np
from layer import Layer
from scipy.signal import convolve2d, correlate2d

logging.basicConfig(level=logging.DEBUG)
log = logging.getLogger(__name__)


@dataclass
class Convolutional(Layer):
    """Una capa de convolución."""

    input_shape: tuple[int, int, int]
    kernel_size: int
    depth: int
    name: str = "conv"
    history: list[float] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        """Inicializa los núcleos según He."""
        super().__init__()
        channels, height, width = self.input_shape
        k = self.kernel_size
        self._kernels = np.random.randn(self.depth, channels, k, k) * np.sqrt(
            2 / (channels * k * k)
        )
        self._biases = np.zeros((self.depth, height - k + 1, width - k + 1))
        log.info("construida: %r", self)

    @property
    def kernels(self) -> np.ndarray:
        """Los núcleos."""
        return self._kernels

    @kernels.setter
    def kernels(self, value: np.ndarray) -> None:
        if value.shape != self._kernels.shape:
            raise ValueError(f"forma {value.shape}, se esperaba {self._kernels.shape}")
        self._kernels = np.array(value)

    @property
    def biases(self) -> np.ndarray:
        """Los sesgos."""
        return self._biases

    @biases.setter
    def biases(self, value: np.ndarray) -> None:
        if value.shape != self._biases.shape:
            raise ValueError(f"forma {value.shape}, se esperaba {self._biases.shape}")
        self._biases = np.array(value)

    def forward(self, input: np.ndarray, training: bool = False, debug: bool = True) -> np.ndarray:
        """Calcula los mapas de salida."""
        if debug:
            print("forward", self.name, input.shape, training)
        log.debug("media de la entrada: %s", np.mean(input))
        self.input = input
        self.output = np.array(
            [
                b + np.sum([correlate2d(x, k, "valid") for x, k in zip(input, row)], axis=0)  # noqa: B905
                for row, b in zip(self.kernels, self.biases)  # noqa: B905
            ]
        )
        return self.output

    def backward(
        self, output_gradient: np.ndarray, learning_rate: float, momentum: float = 0.0
    ) -> np.ndarray:
        """Actualiza los parámetros y devuelve el gradiente de la entrada."""
        print("backward", self.name, output_gradient.shape, file=sys.stderr)
        self.history.append(float(np.abs(output_gradient).mean()))
        input_gradient = np.zeros(self.input.shape)
        new_kernels = self.kernels.copy()
        for i in range(self.depth):
            for j in range(self.input_shape[0]):
                step = correlate2d(self.input[j], output_gradient[i], "valid")
                input_gradient[j] += convolve2d(output_gradient[i], self.kernels[i, j])
                new_kernels[i, j] -= learning_rate * step
        self.kernels = new_kernels
        self.biases = self.biases - learning_rate * output_gradient
        return input_gradient
