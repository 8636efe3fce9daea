"""A small network of the grader's own, and what a model is watched with while it trains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.assertions import expect
from grader.checking.layer_trials import random

Array = NDArray[Any]

INPUTS, HIDDEN, CLASSES = 3, 5, 4
RATE = 0.3


def right_loss(logits: Array, targets: Array) -> tuple[float, Array]:
    """Return the mean softmax cross-entropy of a batch, and its gradient."""
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -float(np.sum(targets * logs)) / len(logs), (np.exp(logs) - targets) / len(logs)


def right_accuracy(logits: Array, targets: Array) -> float:
    """Return the share of samples with the largest logit at the right class."""
    return float(np.mean(np.argmax(logits, axis=1) == np.argmax(targets, axis=1)))


class Twin:
    """The grader's own network: dense, ReLU, dense."""

    def __init__(self, rng: np.random.Generator) -> None:
        shapes = ((HIDDEN, INPUTS), (HIDDEN,), (CLASSES, HIDDEN), (CLASSES,))
        self.arrays: list[Array] = [random(rng, *shape) for shape in shapes]

    def forward(self, x: Array) -> Array:
        """Return the logits."""
        first, bias, second, last_bias = self.arrays
        self.x, self.hidden = x, np.maximum(x @ first.T + bias, 0)
        logits: Array = self.hidden @ second.T + last_bias
        return logits

    def gradients(self, gradient: Array) -> list[Array]:
        """Return the gradients of all arrays, given that of the logits."""
        back = gradient @ self.arrays[2] * (self.hidden > 0)
        return [back.T @ self.x, back.sum(0), gradient.T @ self.hidden, gradient.sum(0)]

    def evaluate(self, x: Array, y: Array) -> tuple[float, float]:
        """Return the loss and the accuracy."""
        logits = self.forward(x)
        return right_loss(logits, y)[0], right_accuracy(logits, y)

    def fit(
        self, x: Array, y: Array, orders: Sequence[Array], batch_size: int
    ) -> list[tuple[float, float]]:
        """Train by gradient descent; return loss and accuracy of each epoch."""
        found = []
        for order in orders:
            total = correct = 0.0
            for start in range(0, len(order), batch_size):
                chosen = order[start : start + batch_size]
                logits = self.forward(x[chosen])
                loss, gradient = right_loss(logits, y[chosen])
                steps = self.gradients(gradient)
                self.arrays = [a - RATE * g for a, g in zip(self.arrays, steps, strict=True)]
                total += loss * len(chosen)
                correct += right_accuracy(logits, y[chosen]) * len(chosen)
            found.append((total / len(x), correct / len(x)))
        return found


class Spy:
    """Stands before the network, and notes what goes forward."""

    def __init__(self) -> None:
        self.batches: list[Array] = []
        self.training: list[bool] = []
        self.events: list[str] = []

    def forward(self, input: Array, training: bool = False) -> Array:
        """Return the input."""
        self.batches.append(np.array(input))
        self.training.append(bool(training))
        self.events.append("forward")
        return input

    def backward(self, output_gradient: Array) -> Array:
        """Return the gradient."""
        self.events.append("backward")
        return output_gradient


class Descent:
    """An optimiser that changes the parameters in place, and notes that it was called.

    Attributes
    ----------
    latest : list of ndarray
        The parameters after the last step.
    """

    def __init__(self, events: list[str], layers: int) -> None:
        self.events, self.layers = events, layers
        self.latest: list[Array] = []

    def step(
        self, parameters: Sequence[dict[str, Array]], gradients: Sequence[dict[str, Array]]
    ) -> None:
        """Take a step."""
        self.events.append("step")
        expect(
            len(parameters) == len(gradients) == self.layers,
            "step should get the parameters and the gradients of all {due} layers; "
            "it gets {parameters} and {gradients}",
            due=self.layers,
            parameters=len(parameters),
            gradients=len(gradients),
        )
        for own, steps in zip(parameters, gradients, strict=True):
            for name in own:
                own[name] -= RATE * np.asarray(steps[name])
        self.latest = [np.array(value) for own in parameters for value in own.values()]


def evaluate_now(twin: Twin, optimiser: Descent) -> Callable[..., tuple[float, float]]:
    """Return an `evaluate` for the parameters that the optimiser has stepped to."""
    now = Twin(np.random.default_rng(0))

    def evaluate(x: Array, y: Array, batch_size: int = 256) -> tuple[float, float]:  # noqa: ARG001
        now.arrays = optimiser.latest or twin.arrays
        return now.evaluate(x, y)

    return evaluate
