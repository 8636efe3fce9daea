"""Correct pooling, window by window, independent of `solutions/`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.conv2d_oracles import Pair, windows

Array = NDArray[Any]


def steps_of(pool: Pair, stride: int | None) -> Pair:
    """Return how far the windows move, down and to the right."""
    return pool if stride is None else (stride, stride)


def forward(kind: str, x: Array, pool: Pair, stride: int | None) -> Array:
    """Return the "max", "mean" or "min" of each window."""
    seen = list(windows((x.shape[2], x.shape[3]), pool, steps_of(pool, stride)))
    output = np.empty((*x.shape[:2], seen[-1][0] + 1, seen[-1][1] + 1), x.dtype)
    for u, v, window in seen:
        output[:, :, u, v] = getattr(np, kind)(x[window], axis=(2, 3))
    return output


def chosen(kind: str, x: Array, pool: Pair, stride: int | None) -> Array:
    """Return the number of the place that each window chose: the first of equal ones, row by row."""
    output = np.empty(forward(kind, x, pool, stride).shape, int)
    for u, v, window in windows((x.shape[2], x.shape[3]), pool, steps_of(pool, stride)):
        flat = x[window].reshape(*x.shape[:2], -1)
        output[:, :, u, v] = flat.argmax(axis=2) if kind == "max" else flat.argmin(axis=2)
    return output


def gradient(kind: str, x: Array, output_gradient: Array, pool: Pair, stride: int | None) -> Array:
    """Return the input gradient."""
    result = np.zeros(x.shape, output_gradient.dtype)
    places = np.arange(pool[0] * pool[1]).reshape(pool)
    which = None if kind == "mean" else chosen(kind, x, pool, stride)
    for u, v, window in windows((x.shape[2], x.shape[3]), pool, steps_of(pool, stride)):
        sent = output_gradient[:, :, u, v, np.newaxis, np.newaxis]
        if which is None:
            result[window] += sent / places.size
        else:
            result[window] += sent * (which[:, :, u, v, np.newaxis, np.newaxis] == places)
    return result
