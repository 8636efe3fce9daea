"""Gradients by finite differences: change each number a little and measure the effect."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def numerical_gradient(
    function: Callable[[NDArray[np.float64]], float], at: NDArray[np.float64], step: float = 1e-5
) -> NDArray[np.float64]:
    """Return the gradient of a function of an array by central differences.

    Parameters
    ----------
    function : callable
        Takes an array, returns one number.
    at : ndarray
        The point at which to take the gradient.
    step : float
        How far each number is moved in either direction. The error is of the order of its square.

    Returns
    -------
    ndarray
        In the shape of `at`: (f(x + h) - f(x - h)) / 2h for each of its numbers x.
    """
    gradient = np.empty_like(at)
    point = at.copy()
    for index in np.ndindex(at.shape):
        point[index] = at[index] + step
        above = function(point)
        point[index] = at[index] - step
        below = function(point)
        point[index] = at[index]
        gradient[index] = (above - below) / (2 * step)
    return gradient
