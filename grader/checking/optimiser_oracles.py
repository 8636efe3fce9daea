"""Correct steps of three optimisers, from all gradients so far, independent of `solutions/`.

Where an optimiser goes from step to step, these functions sum the whole history.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def _fading_sum(history: Sequence[Array], factor: float) -> Array:
    """Return the sum of all arrays, each multiplied by the factor once for every step since."""
    ages = range(len(history) - 1, -1, -1)
    return np.asarray(sum(factor**age * old for age, old in zip(ages, history, strict=True)))


def sgd_step(history: Sequence[Array], learning_rate: float) -> Array:
    """Return what gradient descent subtracts in its last step."""
    return learning_rate * history[-1]


def momentum_step(history: Sequence[Array], learning_rate: float, momentum: float) -> Array:
    """Return what gradient descent with momentum subtracts in its last step."""
    return learning_rate * _fading_sum(history, momentum)


def adam_step(
    history: Sequence[Array], learning_rate: float, beta1: float, beta2: float, epsilon: float
) -> Array:
    """Return what Adam subtracts in its last step.

    A mean without bias divides by the sum of its weights, whatever their number.
    """
    ones = [np.ones(())] * len(history)
    squares = [gradient**2 for gradient in history]
    mean = _fading_sum(history, beta1) / _fading_sum(ones, beta1)
    mean_square = _fading_sum(squares, beta2) / _fading_sum(ones, beta2)
    return np.asarray(learning_rate * mean / (np.sqrt(mean_square) + epsilon))
