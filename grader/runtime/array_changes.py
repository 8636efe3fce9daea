"""Notice arrays that student code changes in place: arguments, and what others still need."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.runtime.plain_data import import_

MOST_WATCHED = 4
"""How many recent arguments, and how many recent results, are watched for changes."""
LARGEST_WATCHED = 20_000
"""Larger arrays are not watched: comparing them would take longer than the calls."""

COPIED = (np.ndarray, list, tuple, dict)
"""What a call gets a copy of; everything else is passed as the same object."""

Watched = deque[tuple[Any, Any, Any]]
"""For each array: a copy of its old values, the array, and the object that may change it, if any."""


class ArrayWatch:
    """Watches arrays that went into earlier calls, and arrays that came back from them."""

    def __init__(self) -> None:
        self._arguments: Watched = deque(maxlen=MOST_WATCHED)
        self._returned: Watched = deque(maxlen=MOST_WATCHED)

    def follow_argument(self, array: Any) -> None:
        """Watch an array that student code was given."""
        _watch(self._arguments, array)

    def follow_call(self, arguments: Sequence[Any], returned: Any, owner: Any) -> None:
        """Watch what went into a call, and what it returned, whose memory its owner may reuse."""
        for argument in arguments:
            _watch(self._arguments, argument)
        _watch(self._returned, returned, owner)

    def changed_by(self, owner: Any) -> Iterator[str]:
        """Yield which of the watched arrays the last call has changed."""
        if _overwritten(self._arguments, owner):
            yield "an argument of an earlier call"
        if _overwritten(self._returned, owner):
            yield "the result of an earlier call"


def changed_arguments(
    args: Sequence[Any], kwargs: Mapping[str, Any], args_after: Any, kwargs_after: Any
) -> Iterator[str]:
    """Yield what a call has changed in its arguments, such as "the numbers of argument 1"."""
    for index, (before, after) in enumerate(zip(args, args_after, strict=True), start=1):
        if what := _difference(before, after):
            yield f"{what} of argument {index}"
    for name in kwargs:
        if what := _difference(kwargs[name], kwargs_after[name]):
            yield f"{what} of {name}"


def _watch(watched: Watched, array: Any, owner: Any = None) -> None:
    """Watch a small array that others may still need, by keeping a copy of it."""
    # A subclass may lie about its bytes.
    if type(array) is np.ndarray and array.size <= LARGEST_WATCHED:
        watched.append((np.array(array), array, owner))


def _overwritten(watched: Watched, by: Any) -> bool:
    """Return whether a watched array was changed by an object that must not change it.

    The copies are brought up to date, so that no later call is blamed for the same change.
    """
    found = False
    for index, (before, after, owner) in enumerate(watched):
        if _difference(before, after):
            watched[index] = (np.array(after), after, owner)
            found = found or owner is None or owner is not by
    return found


def _difference(before: Any, after: Any) -> str:
    """Return what was changed in an argument; empty if nothing.

    This compares bytes, since the code that is being watched could replace NumPy's functions.
    """
    if isinstance(before, list) and isinstance(after, list):
        return _difference_of_lists(before, after)
    if not isinstance(before, np.ndarray):
        return ""
    if before.shape != after.shape:
        return "the shape"
    return "the numbers" if before.tobytes() != after.tobytes() else ""


def _difference_of_lists(before: list[Any], after: list[Any]) -> str:
    """Return what was changed in a list, such as a network; empty if nothing."""
    if len(before) != len(after):
        return "the length"
    replaced = (
        import_(one) is not other
        for one, other in zip(before, after, strict=True)
        if not isinstance(one, COPIED)
    )
    return "the order" if any(replaced) else ""
