"""How an array differs from the expected one, described in a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.results import ArrayDifference, Channel

SMALL = 30
"""Arrays with at most this many numbers are shown in full in the message, without a picture."""
MOST_CHANNELS = 3
"""How many of the channels with a wrong number are kept for a picture."""
LARGEST_CHANNEL = 10_000
"""Channels with more numbers than this are not kept."""


class Difference(NamedTuple):
    """Two arrays of the same shape that should be equal but are not.

    Attributes
    ----------
    what : str
        The name of the array in messages, as the subject of a sentence.
    expected, got : ndarray
    wrong : ndarray of bool
        True where they differ by more than rounding error.
    """

    what: str
    expected: NDArray[Any]
    got: NDArray[Any]
    wrong: NDArray[np.bool_]

    @property
    def first(self) -> tuple[int, ...]:
        """The index of the first wrong number."""
        return tuple(int(index) for index in np.argwhere(self.wrong)[0])

    @property
    def largest(self) -> tuple[int, ...]:
        """The index of the number with the largest error."""
        distance = np.where(np.isfinite(self.got), np.abs(self.got - self.expected), np.inf)
        index = np.unravel_index(np.argmax(distance), self.expected.shape)
        return tuple(int(i) for i in index)


def in_words(difference: Difference) -> str:
    """Describe how two arrays of the same shape differ."""
    what, right, answer, wrong = difference
    lines = [f"{what} has the right shape {right.shape}, but {_count(wrong)}."]
    if np.isnan(answer).any():
        lines[0] = f"{what} contains nan; {_count(wrong)}."
    first, largest = difference.first, difference.largest
    lines.append(_pair("first difference", first, answer, right))
    if largest != first:
        lines.append(_pair("largest difference", largest, answer, right))
    if right.size <= SMALL and right.ndim <= 2:
        lines.append(_side_by_side(right, answer))
    return "\n".join(lines)


def facts(difference: Difference) -> Mapping[str, Any]:
    """Return which numbers are wrong, and how: two differences are compared by these values."""
    what, right, answer, wrong = difference
    first, largest = difference.first, difference.largest
    return {
        "what": what,
        "shape": right.shape,
        "count": int(wrong.sum()),
        "nan": bool(np.isnan(answer).any()),
        "first": first,
        "largest": largest,
        "first_numbers": (float(right[first]), float(answer[first])),
        "largest_numbers": (float(right[largest]), float(answer[largest])),
    }


def record_of(difference: Difference | None) -> ArrayDifference | None:
    """Return the first channels that contain a wrong number, for a picture.

    Return None if there is no difference, or if the array is too small for a picture.
    """
    if difference is None or not _is_picture(difference.expected):
        return None
    what, expected, got, wrong = difference
    shape = expected.shape
    chosen = np.flatnonzero(_channels(wrong).any(axis=(1, 2)))[:MOST_CHANNELS]
    channels = tuple(
        Channel(
            tuple(int(index) for index in np.unravel_index(channel, shape[:-2])),
            _channels(expected)[channel],
            _channels(got)[channel],
        )
        for channel in chosen
    )
    return ArrayDifference(what, shape, channels)


def _is_picture(array: NDArray[Any]) -> bool:
    """Return whether an array can be drawn and is not already shown in full in the message."""
    sides = array.shape[-2:]
    if array.ndim < 2 or min(sides) <= 1 or sides[0] * sides[1] > LARGEST_CHANNEL:
        return False
    return array.ndim > 2 or array.size > SMALL


def _channels(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array's two-dimensional planes along one axis."""
    return array.reshape(-1, *array.shape[-2:])


def _count(wrong: NDArray[np.bool_]) -> str:
    if wrong.size == 1:
        return "the number in it is wrong"
    if wrong.all():
        return f"all of its {wrong.size} numbers are wrong"
    verb = "is" if wrong.sum() == 1 else "are"
    return f"{wrong.sum()} of its {wrong.size} numbers {verb} wrong"


def _pair(label: str, index: tuple[int, ...], answer: NDArray[Any], right: NDArray[Any]) -> str:
    text = f"{label} at {list(index)}: expected {right[index]:.6g}, got {answer[index]:.6g}"
    if right[index] != 0 and answer[index] != 0 and np.isfinite(answer[index]):
        text += f" ({answer[index] / right[index]:.3g} times as much)"
    return text


def _side_by_side(right: NDArray[Any], answer: NDArray[Any]) -> str:
    columns = [
        np.array2string(array, precision=4, suppress_small=True) for array in (right, answer)
    ]
    left, other = (text.split("\n") for text in columns)
    width = max(len("expected"), *(len(line) for line in left))
    rows = [("expected", "got"), *zip(left, other, strict=False)]
    return "\n".join(f"  {a:<{width}}   {b}" for a, b in rows)
