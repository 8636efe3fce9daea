"""The student's code in the grader's own process, where breakpoints and tracebacks work."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.sandbox.boundary import Effects, StudentExit
from grader.sandbox.plain import export, import_
from grader.sandbox.time_limit import TimeLimitReached

NOISE: dict[str, Any] = {"divide": "warn", "over": "warn", "invalid": "warn", "under": "ignore"}
"""Underflow to 0 is as it should be in a safe exponential; everything else is worth a warning."""

KEPT = 4
"""How many of the arrays that were handed over are watched for later changes."""
SMALL = 20_000
"""Larger arrays are not watched: that would take longer than what is done with them."""


class Here:
    """A `Place` in this process: a target is the object itself."""

    def __init__(self) -> None:
        self.hanging: set[str] = set()
        self.fresh = False
        self._lent: deque[tuple[Any, Any]] = deque(maxlen=KEPT)

    def get(self, target: Any, name: str) -> Any:
        """Return a copy of the value of an attribute, or a reference to it."""
        return export(getattr(target, name))

    def set(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute to a copy of the value."""
        copy = import_(value)
        setattr(target, name, copy)
        if name == "input":  # the only attribute that stands for somebody else's array
            self._lend([(value, copy)])

    def call(
        self, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, BaseException | None, Effects]:
        """Call with copies of the arguments, and notice what the call does to them."""
        __tracebackhide__ = True
        given = import_(list(args)), import_(dict(kwargs))
        answer, error = None, None
        with warnings.catch_warnings(record=True) as caught, np.errstate(**NOISE):
            warnings.simplefilter("default")
            try:
                answer = export(target(*given[0], **given[1]))
            except (Exception, TimeLimitReached) as raised:
                error = raised
            except BaseException as raised:
                if isinstance(raised, KeyboardInterrupt) or type(raised).__name__ == "Exit":
                    raise  # the user's wish, at the keyboard or at the debugger's prompt
                error = StudentExit(type(raised).__name__).with_traceback(raised.__traceback__)
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
        if any(_difference(before, after) for before, after in self._lent):
            changed.append("one that an earlier call was given")
        self._lend(pairs)
        texts = tuple(
            f"{item.category.__name__}: {str(item.message).partition(chr(10))[0]}"
            for item in caught
        )
        return answer, error, Effects(tuple(changed), texts)

    def _lend(self, pairs: list[tuple[Any, Any]]) -> None:
        """Watch small arrays that the student's code may have kept, beside copies of its own."""
        for _, after in pairs:
            if isinstance(after, np.ndarray) and after.size <= SMALL:
                self._lent.append((np.array(after), after))

    def bare(self, target: Any) -> Any:
        """Make an object of a class without running its constructor."""
        return export(target.__new__(target))


def _difference(before: Any, after: Any) -> str:
    """Say what of an argument has been changed, if anything.

    By its bytes: a function of NumPy's could be replaced by the very code that is being watched.
    """
    if isinstance(before, list) and isinstance(after, list):
        return "the length" if len(before) != len(after) else ""
    if not isinstance(before, np.ndarray):
        return ""
    if before.shape != after.shape:
        return "the shape"
    return "the numbers" if before.tobytes() != after.tobytes() else ""
