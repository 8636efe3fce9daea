"""Run the student's code in this process; without the sandbox, breakpoints and tracebacks work."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.runtime.backend import Arguments, CallResult, SideEffects
from grader.runtime.errors import ProgramExit
from grader.runtime.plain_data import export, import_
from grader.runtime.time_limit import TimeLimitReached

ERRSTATE: dict[str, Any] = {"divide": "warn", "over": "warn", "invalid": "warn", "under": "ignore"}
"""A safe exponential may underflow to 0; every other floating-point error is worth a warning."""

MOST_WATCHED = 4
"""How many recent arguments, and how many recent results, are watched for changes."""
LARGEST_WATCHED = 20_000
"""Larger arrays are not watched: comparing them would take longer than the calls."""

COPIED = (np.ndarray, list, tuple, dict)
"""What a call gets a copy of; everything else is passed as the same object."""

Watched = deque[tuple[Any, Any, Any]]
"""For each array: a copy of its old values, the array, and the object that may change it, if any."""


class LocalBackend:
    """A `Backend` in this process: a target is the object itself."""

    def __init__(self) -> None:
        self.timed_out: set[str] = set()
        self.is_fresh = False
        self._arguments: Watched = deque(maxlen=MOST_WATCHED)
        self._returned: Watched = deque(maxlen=MOST_WATCHED)

    def get(self, target: Any, name: str) -> Any:
        """Return a copy of an attribute's value, or a handle to it."""
        return export(getattr(target, name))

    def set(self, target: Any, values: Mapping[str, Any], *, quietly: bool = False) -> None:
        """Set attributes to copies of the values, as far as possible; then raise the first error."""
        first_error = None
        for name, copy in import_(dict(values)).items():
            try:
                setattr(target, name, copy)
            except Exception as error:  # a layer may guard its attributes
                first_error = first_error or error
                continue
            if name == "input":  # the only attribute that holds someone else's array
                _watch(self._arguments, copy)
        if first_error and not quietly:
            raise first_error

    def call(self, target: Any, several: Sequence[Arguments]) -> list[CallResult]:
        """Call with copies of each set of arguments, until a call raises something."""
        __tracebackhide__ = True
        calls: list[CallResult] = []
        for args, kwargs in several:
            calls.append(self._call(target, args, kwargs))
            if calls[-1].error is not None:
                break
        return calls

    def _call(self, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> CallResult:
        """Call with copies of the arguments, and record what the call does to them."""
        __tracebackhide__ = True
        given = import_(list(args)), import_(dict(kwargs))
        answer, raw, error = None, None, None
        with warnings.catch_warnings(record=True) as caught, np.errstate(**ERRSTATE):
            warnings.simplefilter("default")
            try:
                raw = target(*given[0], **given[1])
                answer = export(raw)
            except (Exception, TimeLimitReached) as raised:
                error = raised
            except BaseException as raised:
                if isinstance(raised, KeyboardInterrupt) or type(raised).__name__ == "Exit":
                    raise  # the user asked for it, with Ctrl-C or in the debugger
                error = ProgramExit(type(raised).__name__).with_traceback(raised.__traceback__)
        pairs = list(zip(args, given[0], strict=True))
        changed = [
            f"{what} of argument {index}"
            for index, (before, after) in enumerate(pairs, start=1)
            if (what := _difference(before, after))
        ]
        changed += [
            f"{what} of {name}"
            for name in kwargs
            if (what := _difference(kwargs[name], given[1][name]))
        ]
        layer = getattr(target, "__self__", None)
        if _overwritten(self._arguments, layer):
            changed.append("an argument of an earlier call")
        if _overwritten(self._returned, layer):
            changed.append("the result of an earlier call")
        for _, after in pairs:
            _watch(self._arguments, after)
        _watch(self._returned, raw, layer)  # a layer may reuse the memory of its own output
        texts = tuple(
            f"{item.category.__name__}: {str(item.message).partition(chr(10))[0]}"
            for item in caught
        )
        return CallResult(answer, error, SideEffects(tuple(changed), texts))

    def create_uninitialised(self, target: Any) -> Any:
        """Create an instance of a class without running its constructor."""
        return export(target.__new__(target))


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
