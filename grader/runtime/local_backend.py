"""The student's code in the grader's own process, where breakpoints and tracebacks work."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.runtime.backend import Arguments, CallResult, SideEffects
from grader.runtime.errors import ProgramExit
from grader.runtime.marshal import export, import_
from grader.runtime.time_limit import TimeLimitReached

NOISE: dict[str, Any] = {"divide": "warn", "over": "warn", "invalid": "warn", "under": "ignore"}
"""Underflow to 0 is as it should be in a safe exponential; everything else is worth a warning."""

KEPT = 4
"""How many arrays are watched for changes, of those handed over and of those that came back."""
SMALL = 20_000
"""Larger arrays are not watched: that would take longer than what is done with them."""

COPIED = (np.ndarray, list, tuple, dict)
"""What a call is given a copy of; all else is the same object."""

Watched = deque[tuple[Any, Any, Any]]
"""Arrays as they were, as they are, and the object that may change them, if any."""


class LocalBackend:
    """A `Backend` in this process: a target is the object itself."""

    def __init__(self) -> None:
        self.timed_out: set[str] = set()
        self.is_fresh = False
        self._lent: Watched = deque(maxlen=KEPT)
        self._returned: Watched = deque(maxlen=KEPT)

    def get(self, target: Any, name: str) -> Any:
        """Return a copy of the value of an attribute, or a reference to it."""
        return export(getattr(target, name))

    def set(self, target: Any, values: Mapping[str, Any], *, quietly: bool = False) -> None:
        """Set attributes to copies of the values: all that can be, then raise the first error."""
        refused = None
        for name, copy in import_(dict(values)).items():
            try:
                setattr(target, name, copy)
            except Exception as error:  # a layer may guard its attributes
                refused = refused or error
                continue
            if name == "input":  # the only attribute that stands for somebody else's array
                _watch(self._lent, copy)
        if refused and not quietly:
            raise refused

    def call(self, target: Any, several: Sequence[Arguments]) -> list[CallResult]:
        """Call with copies of each of the arguments, until a call raises something."""
        __tracebackhide__ = True
        calls: list[CallResult] = []
        for args, kwargs in several:
            calls.append(self._call(target, args, kwargs))
            if calls[-1].error is not None:
                break
        return calls

    def _call(self, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> CallResult:
        """Call with copies of the arguments, and notice what the call does to them."""
        __tracebackhide__ = True
        given = import_(list(args)), import_(dict(kwargs))
        answer, raw, error = None, None, None
        with warnings.catch_warnings(record=True) as caught, np.errstate(**NOISE):
            warnings.simplefilter("default")
            try:
                raw = target(*given[0], **given[1])
                answer = export(raw)
            except (Exception, TimeLimitReached) as raised:
                error = raised
            except BaseException as raised:
                if isinstance(raised, KeyboardInterrupt) or type(raised).__name__ == "Exit":
                    raise  # the user's wish, at the keyboard or at the debugger's prompt
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
        if _overwritten(self._lent, layer):
            changed.append("one that an earlier call was given")
        if _overwritten(self._returned, layer):
            changed.append("one that an earlier call has returned")
        for _, after in pairs:
            _watch(self._lent, after)
        _watch(self._returned, raw, layer)  # which may use the memory of its output again
        texts = tuple(
            f"{item.category.__name__}: {str(item.message).partition(chr(10))[0]}"
            for item in caught
        )
        return CallResult(answer, error, SideEffects(tuple(changed), texts))

    def bare(self, target: Any) -> Any:
        """Make an object of a class without running its constructor."""
        return export(target.__new__(target))


def _watch(watched: Watched, array: Any, owner: Any = None) -> None:
    """Watch a small array that others may still need, beside a copy of its own."""
    if type(array) is np.ndarray and array.size <= SMALL:  # a subclass has bytes of its own
        watched.append((np.array(array), array, owner))


def _overwritten(watched: Watched, by: Any) -> bool:
    """Tell whether an array that is watched has been changed by one that may not.

    It is the fault of this call, and of no later one.
    """
    found = False
    for index, (before, after, owner) in enumerate(watched):
        if _difference(before, after):
            watched[index] = (np.array(after), after, owner)
            found = found or owner is None or owner is not by
    return found


def _difference(before: Any, after: Any) -> str:
    """Say what of an argument has been changed, if anything.

    By its bytes: a function of NumPy's could be replaced by the very code that is being watched.
    """
    if isinstance(before, list) and isinstance(after, list):
        return _difference_of_lists(before, after)
    if not isinstance(before, np.ndarray):
        return ""
    if before.shape != after.shape:
        return "the shape"
    return "the numbers" if before.tobytes() != after.tobytes() else ""


def _difference_of_lists(before: list[Any], after: list[Any]) -> str:
    """Say what of a list, such as a network, has been changed."""
    if len(before) != len(after):
        return "the length"
    moved = (
        import_(one) is not other
        for one, other in zip(before, after, strict=True)
        if not isinstance(one, COPIED)
    )
    return "the order" if any(moved) else ""
