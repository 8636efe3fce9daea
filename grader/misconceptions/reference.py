"""The whole course done right, in the interface that students meet, on top of the oracles.

Misconceptions are told against this: each is one part of it done wrong. It is not `solutions/`, which
teaches, and which the people who grade need not have.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking import oracles

Array = NDArray[Any]

correlate2d = oracles.correlate2d
convolve2d = oracles.convolve2d


class Convolutional:
    """Exercise 2."""

    def __init__(self, input_shape: tuple[int, int, int], kernel_size: int, depth: int) -> None:
        channels, height, width = input_shape
        self.kernels = np.zeros((depth, channels, kernel_size, kernel_size))
        self.biases = np.zeros((depth, height - kernel_size + 1, width - kernel_size + 1))
        self.input: Any = None
        self.output: Any = None

    def forward(self, input: Array, training: bool = False) -> Any:
        """Correlate."""
        self.input = input
        self.output = oracles.convolutional_forward(input, self.kernels, self.biases)
        return self.output

    def backward(self, output_gradient: Array, learning_rate: float) -> Any:
        """Update, and return the input gradient."""
        to_input, to_kernels, to_biases = oracles.convolutional_gradients(
            self.input, self.kernels, output_gradient
        )
        self.kernels = self.kernels - learning_rate * to_kernels
        self.biases = self.biases - learning_rate * to_biases
        return to_input


class Reshape:
    """Exercise 3."""

    def __init__(self, input_shape: tuple[int, ...], output_shape: tuple[int, ...]) -> None:
        self.input_shape = input_shape
        self.output_shape = output_shape

    def forward(self, input: Array, training: bool = False) -> Any:
        """Reshape."""
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient: Array, learning_rate: float) -> Any:
        """Reshape back."""
        return np.reshape(output_gradient, self.input_shape)


def he_initialisation(input_size: int, output_size: int) -> Any:
    """Exercise 4: draw the weights."""
    return np.random.randn(output_size, input_size) * np.sqrt(2 / input_size)


class Dense:
    """Exercise 4."""

    def __init__(self, input_size: int, output_size: int) -> None:
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros((output_size, 1))
        self.input: Any = None
        self.output: Any = None

    def forward(self, input: Array, training: bool = False) -> Any:
        """Multiply and add."""
        self.input = input
        self.output = np.einsum("ij,jk->ik", self.weights, input) + self.bias
        return self.output

    def backward(self, output_gradient: Array, learning_rate: float) -> Any:
        """Update, and return the input gradient."""
        to_input = np.einsum("ij,ik->jk", self.weights, output_gradient)
        to_weights = np.einsum("ik,jk->ij", output_gradient, self.input)
        self.weights = self.weights - learning_rate * to_weights
        self.bias = self.bias - learning_rate * output_gradient
        return to_input


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


def binary_cross_entropy(y_true: Array, y_pred: Array) -> Any:
    """Exercise 6."""
    return oracles.binary_cross_entropy(y_true, clipped(y_pred))


def binary_cross_entropy_prime(y_true: Array, y_pred: Array) -> Any:
    """Exercise 6."""
    p = clipped(y_pred)
    return ((1 - y_true) / (1 - p) - y_true / p) / np.size(y_true)


def categorical_cross_entropy(y_true: Array, y_pred: Array) -> Any:
    """Exercise 6."""
    return oracles.categorical_cross_entropy(y_true, clipped(y_pred))


def categorical_cross_entropy_prime(y_true: Array, y_pred: Array) -> Any:
    """Exercise 6."""
    return -y_true / clipped(y_pred)


def clipped(p: Array) -> Array:
    """Return probabilities that are neither 0 nor 1."""
    return np.clip(p, 1e-7, 1 - 1e-7)


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


class Dropout:
    """Exercise 8."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.mask: Any = None

    def forward(self, input: Array, training: bool = False) -> Any:
        """Drop and scale."""
        kept = np.random.rand(*input.shape) >= self.rate
        self.mask = kept / (1 - self.rate) if training else np.ones(input.shape)
        return input * self.mask

    def backward(self, output_gradient: Array, learning_rate: float) -> Any:
        """Use the same mask."""
        return output_gradient * self.mask


def predict(network: list[Any], input: Array, training: bool = False) -> Any:
    """Exercise 9: through all layers."""
    for layer in network:
        input = layer.forward(input, training)
    return input


def train(
    network: list[Any],
    loss: Callable[..., Any],
    loss_prime: Callable[..., Any],
    x_train: Array,
    y_train: Array,
    epochs: int,
    learning_rate: float,
    verbose: bool = True,
) -> Any:
    """Exercise 9: one update per sample."""
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, y in zip(x_train, y_train, strict=True):
            output = predict(network, x, training=True)
            total += loss(y, output)
            gradient = loss_prime(y, output)
            for layer in reversed(network):
                gradient = layer.backward(gradient, learning_rate)
        losses.append(total / len(x_train))
    return losses
