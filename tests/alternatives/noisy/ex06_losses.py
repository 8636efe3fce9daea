# Every loss announces itself and takes an epsilon as a third parameter.
import warnings
from collections.abc import Callable
from functools import wraps

import numpy as np


def announced(function: Callable) -> Callable:
    """Dice o nome da perda."""

    @wraps(function)
    def wrapper(y_true, y_pred, epsilon=1e-7, *, quiet=False):
        if not quiet:
            print(f"{function.__name__}: {y_true.ravel()} vs {y_pred.ravel()}")
            warnings.warn(f"perda {function.__name__}", UserWarning, stacklevel=2)
        return function(y_true, np.clip(y_pred, epsilon, 1 - epsilon))

    return wrapper


def mse(y_true: np.ndarray, y_pred: np.ndarray, *, quiet: bool = False) -> float:
    """Erro quadrático médio."""
    if not quiet:
        print("mse")
    return float(np.mean((y_true - y_pred) ** 2))


def mse_prime(y_true: np.ndarray, y_pred: np.ndarray, *, quiet: bool = False) -> np.ndarray:
    """Derivada do erro quadrático médio."""
    if not quiet:
        print("mse_prime")
    return 2 * (y_pred - y_true) / y_true.size


@announced
def binary_cross_entropy(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Entropia cruzada binária."""
    return float(-np.mean(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred)))


@announced
def binary_cross_entropy_prime(y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
    """Derivada da entropia cruzada binária."""
    return ((1 - y_true) / (1 - y_pred) - y_true / y_pred) / y_true.size


@announced
def categorical_cross_entropy(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Entropia cruzada categórica."""
    return float(-np.sum(y_true * np.log(y_pred)))


@announced
def categorical_cross_entropy_prime(y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
    """Derivada da entropia cruzada categórica."""
    return -y_true / y_pred
