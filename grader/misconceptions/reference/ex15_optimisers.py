"""A correct exercise 15, from the definitions: its known mistakes replace parts of this code."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Layers = list[dict[str, NDArray[Any]]]


class SGD:
    """Exercise 15."""

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate

    def step(self, parameters: Layers, gradients: Layers) -> None:
        """Go down."""
        for layer, slopes in zip(parameters, gradients, strict=True):
            for name in layer:
                layer[name] -= self.learning_rate * slopes[name]


class Momentum:
    """Exercise 15."""

    def __init__(self, learning_rate: float, momentum: float = 0.9) -> None:
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocity: dict[tuple[int, str], Any] = {}

    def step(self, parameters: Layers, gradients: Layers) -> None:
        """Add to the velocity, and go down."""
        for index, (layer, slopes) in enumerate(zip(parameters, gradients, strict=True)):
            for name in layer:
                before = self.velocity.get((index, name), 0)
                after = self.momentum * before + slopes[name]
                self.velocity[index, name] = after
                layer[name] -= self.learning_rate * after


class Adam:
    """Exercise 15."""

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        self.learning_rate = learning_rate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.mean: dict[tuple[int, str], Any] = {}
        self.mean_square: dict[tuple[int, str], Any] = {}
        self.steps = 0

    def step(self, parameters: Layers, gradients: Layers) -> None:
        """Divide the mean by the root of the mean square, both without their bias."""
        self.steps += 1
        for index, (layer, slopes) in enumerate(zip(parameters, gradients, strict=True)):
            for name in layer:
                key, slope = (index, name), slopes[name]
                mean = self.beta1 * self.mean.get(key, 0) + (1 - self.beta1) * slope
                square = self.beta2 * self.mean_square.get(key, 0) + (1 - self.beta2) * slope**2
                self.mean[key], self.mean_square[key] = mean, square
                unbiased = mean / (1 - self.beta1**self.steps)
                size = np.sqrt(square / (1 - self.beta2**self.steps))
                layer[name] -= self.learning_rate * unbiased / (size + self.epsilon)
