"""A correct exercise 6, built on the oracles: its known mistakes replace parts of this code."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking import oracles

Array = NDArray[Any]


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
