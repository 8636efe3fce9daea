# Every attribute is a property; names and docstrings in Russian.
import logging
import warnings

import numpy as np
from layer import Layer

логгер = logging.getLogger("плотный")


def he_initialisation(input_size, output_size, gain=2.0, dtype=float):
    """Начальные веса по Хе."""
    print("веса", output_size, "на", input_size)
    return (
        np.random.normal(0, 1, (output_size, input_size)).astype(dtype) * (gain / input_size) ** 0.5
    )


class Dense(Layer):
    """Полносвязный слой."""

    def __init__(self, input_size, output_size, name="dense"):
        super().__init__()
        self.__dict__["parameters"] = {}
        self.name = name
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros((output_size, 1))

    @property
    def weights(self):
        """Веса."""
        return self.parameters["weights"]

    @weights.setter
    def weights(self, value):
        логгер.warning("веса меняются")
        self.parameters["weights"] = value

    @property
    def bias(self):
        """Смещения."""
        return self.parameters["bias"]

    @bias.setter
    def bias(self, value):
        логгер.warning("смещения меняются")
        self.parameters["bias"] = value

    def forward(self, input, training=False):
        """Вперёд."""
        warnings.warn(f"{self.name}: вперёд", UserWarning, stacklevel=2)
        self.input = input
        self.output = self.weights @ input + self.bias
        return self.output

    def backward(self, output_gradient, learning_rate, weight_decay=0.0):
        """Назад."""
        print(self.name, "назад", learning_rate)
        input_gradient = self.weights.T @ output_gradient
        self.weights = self.weights - learning_rate * (
            output_gradient @ self.input.T + weight_decay * self.weights
        )
        self.bias = self.bias - learning_rate * output_gradient
        return input_gradient
