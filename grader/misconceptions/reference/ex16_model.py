"""A correct exercise 16: its known mistakes replace parts of this code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.model_twin import right_accuracy, right_loss

Array = NDArray[Any]


def softmax_cross_entropy(logits: Array, targets: Array) -> tuple[float, Array]:
    """Return the mean loss and its gradient."""
    loss, gradient = right_loss(logits, targets)
    return loss, gradient.astype(logits.dtype)


class Model:
    """The model."""

    def __init__(self, layers: Sequence[Any]) -> None:
        self.layers = layers

    def forward(self, x: Array, training: bool = False) -> Array:
        """Return the logits."""
        for layer in self.layers:
            x = layer.forward(x, training)
        return x

    def backward(self, gradient: Array) -> None:
        """Pass the gradient back."""
        for layer in self.layers[::-1]:
            gradient = layer.backward(gradient)

    def fit(
        self,
        x: Array,
        y: Array,
        epochs: int,
        batch_size: int,
        optimiser: Any,
        validation: Any = None,
        shuffle: bool = True,
        rng: Any = None,
        verbose: bool = True,
    ) -> list[dict[str, float]]:
        """Train in batches."""
        rng, history = np.random.default_rng(rng), []
        for _ in range(epochs):
            order = rng.permutation(len(x)) if shuffle else np.arange(len(x))
            sums = np.zeros(2)
            for start in range(0, len(x), batch_size):
                chosen = order[start : start + batch_size]
                logits = self.forward(x[chosen], True)
                loss, gradient = softmax_cross_entropy(logits, y[chosen])
                self.backward(gradient)
                layers = self.layers
                optimiser.step([k.parameters for k in layers], [k.gradients for k in layers])
                sums += len(chosen) * np.array([loss, right_accuracy(logits, y[chosen])])
            record = dict(zip(("loss", "accuracy"), (sums / len(x)).tolist(), strict=True))
            if validation is not None:
                found = self.evaluate(*validation)
                record["validation_loss"], record["validation_accuracy"] = found
            history.append(record)
        return history

    def evaluate(self, x: Array, y: Array, batch_size: int = 256) -> tuple[float, float]:
        """Return loss and accuracy."""
        logits = self.forward(x)
        return softmax_cross_entropy(logits, y)[0], right_accuracy(logits, y)

    def predict(self, x: Array, batch_size: int = 256) -> Array:
        """Return the probabilities."""
        logits = self.forward(x)
        return right_loss(logits, 0 * logits)[1] * len(x)

    def set_state(self, state: dict[str, Array]) -> None:
        """Set all parameters, or none."""
        for i, layer in enumerate(self.layers):
            for name, own in layer.parameters.items():
                given = state.get(f"{i}.{name}")
                if given is None or np.shape(given) != own.shape:
                    raise ValueError(f"{i}.{name} does not fit")
        for i, layer in enumerate(self.layers):
            for name in layer.parameters:
                layer.parameters[name] = np.array(state[f"{i}.{name}"])
