"""Keep what a submission passes to a callback so small that no callback works for long.

A callback runs in the grader, where only its own Python code can be interrupted, not NumPy's. The most
expensive ones take the cube of what they are given: in "full" mode, a row and a column of n / 2 numbers
make n² / 4 sums of n / 2 products.
"""

from __future__ import annotations

from typing import Any

import numpy as np

MOST_NUMBERS = 2000
"""How many numbers a callback takes in all. With a row and a column of 1,000 each, it works for half a
second. The checks themselves pass some dozens."""
BITS = 64
"""A whole number of more bits counts as several."""


def refuse_large(*values: Any) -> None:
    """Raise ValueError if there are more numbers in the values than a callback takes."""
    if _numbers_in(values) > MOST_NUMBERS:
        raise ValueError(
            f"while grading, this function takes at most {MOST_NUMBERS} numbers at a time"
        )


def _numbers_in(value: Any) -> int:
    """Return how many numbers there are in a value; anything else counts as one."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, list | tuple):
        return 1 + sum(map(_numbers_in, value))
    if isinstance(value, dict):
        return 1 + sum(map(_numbers_in, (*value, *value.values())))
    if isinstance(value, int):
        return 1 + value.bit_length() // BITS
    return 1 + len(value) if isinstance(value, str | bytes) else 1
