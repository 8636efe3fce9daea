"""The student's code in the grader's own process, where breakpoints and tracebacks work."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from grader.sandbox.boundary import Effects, Reference, StudentExit
from grader.sandbox.time_limit import TimeLimitReached

NOISE: dict[str, Any] = {"divide": "warn", "over": "warn", "invalid": "warn", "under": "ignore"}
"""Underflow to 0 is as it should be in a safe exponential; everything else is worth a warning."""

PLAIN = (bool, int, float, complex, str, bytes)


KEPT = 4
"""How many of the arrays that were handed over are watched for later changes."""
SMALL = 20_000
"""Larger arrays are not watched: that would take longer than what is done with them."""
LARGEST = 200_000_000
"""Bytes of an array that may come back."""


class Here:
    """A `Place` in this process: a target is the object itself."""

    def __init__(self) -> None:
        self.hanging: set[str] = set()
        self._lent: deque[tuple[Any, Any]] = deque(maxlen=KEPT)

    def get(self, target: Any, name: str) -> Any:
        """Return a copy of the value of an attribute, or a reference to it."""
        return export(getattr(target, name))

    def set(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute to a copy of the value."""
        copy = _import(value)
        setattr(target, name, copy)
        if name == "input":  # the only attribute that stands for somebody else's array
            self._lend([(value, copy)])

    def call(
        self, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, BaseException | None, Effects]:
        """Call with copies of the arguments, and notice what the call does to them."""
        __tracebackhide__ = True
        given = _import(list(args)), _import(dict(kwargs))
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
                words = f"the code raises {type(raised).__name__}, which would end the program"
                error = StudentExit(words).with_traceback(raised.__traceback__)
        pairs = list(zip(args, given[0], strict=True))
        changed = [
            f"argument {index}"
            for index, (before, after) in enumerate(pairs, start=1)
            if _differs(before, after)
        ]
        changed += [name for name in kwargs if _differs(kwargs[name], given[1][name])]
        if any(_differs(before, after) for before, after in self._lent):
            changed.append("one that an earlier call was given")
        self._lend(pairs)
        texts = tuple(f"{item.category.__name__}: {item.message}" for item in caught)
        return answer, error, Effects(tuple(changed), texts)

    def _lend(self, pairs: list[tuple[Any, Any]]) -> None:
        """Watch small arrays that the student's code may have kept, beside copies of its own."""
        for _, after in pairs:
            if isinstance(after, np.ndarray) and after.size <= SMALL:
                self._lent.append((np.array(after), after))

    def bare(self, target: Any) -> Any:
        """Make an object of a class without running its constructor."""
        return export(target.__new__(target))


def export(value: Any, depth: int = 0) -> Any:
    """Copy plain data, whatever the student's subclass of it; refer to everything else.

    Raises
    ------
    ValueError
        If the data is too large, or nested too deeply, to be an answer.
    """
    if depth > 20:
        raise ValueError("the answer is nested too deeply")
    if value is None or type(value) in PLAIN:
        return value
    if isinstance(value, np.floating):
        return float(value)  # .item() would leave a longdouble what it is
    if isinstance(value, np.generic) and value.dtype != object:
        return value.item()
    if isinstance(value, np.ndarray) and value.dtype != object:
        if value.nbytes > LARGEST:
            raise ValueError(f"the answer is an array of shape {value.shape}, which is too large")
        return np.array(value, subok=False)
    if isinstance(value, list):
        return [export(item, depth + 1) for item in value]
    if isinstance(value, tuple):
        return tuple(export(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return {key: export(item, depth + 1) for key, item in value.items()}
    return Reference(value, "module" if isinstance(value, ModuleType) else type(value).__name__)


def _import(value: Any) -> Any:
    """Copy what a check hands over, so that nothing of the check's own can be changed."""
    if isinstance(value, Reference):
        return value.target
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list):
        return [_import(item) for item in value]
    if isinstance(value, tuple):
        return tuple(_import(item) for item in value)
    if isinstance(value, dict):
        return {key: _import(item) for key, item in value.items()}
    return value


def _differs(before: Any, after: Any) -> bool:
    if isinstance(before, list) and isinstance(after, list):
        return len(before) != len(after)
    if not isinstance(before, np.ndarray):
        return False
    return before.shape != after.shape or not np.array_equal(before, after)
