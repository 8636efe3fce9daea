"""Run the student's code in this process; without the sandbox, breakpoints and tracebacks work."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.runtime.array_changes import ArrayWatch, changed_arguments
from grader.runtime.backend import Arguments, CallResult, SideEffects
from grader.runtime.errors import ProgramExit
from grader.runtime.plain_data import export, holds_dictionary, import_
from grader.runtime.time_limit import TimeLimitReached

ERRSTATE: dict[str, Any] = {"divide": "warn", "over": "warn", "invalid": "warn", "under": "ignore"}
"""A safe exponential may underflow to 0; every other floating-point error is worth a warning."""


class LocalBackend:
    """A `Backend` in this process: a target is the object itself."""

    def __init__(self) -> None:
        self.timed_out: set[str] = set()
        self.is_fresh = False
        self._watch = ArrayWatch()

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
                self._watch.follow_argument(copy)
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
        answer, raw, error, left = None, None, None, ()
        with warnings.catch_warnings(record=True) as caught, np.errstate(**ERRSTATE):
            warnings.simplefilter("default")
            try:
                raw = target(*given[0], **given[1])
                answer = export(raw)
                left = export(tuple(given[0])) if holds_dictionary(args) else ()
            except (Exception, TimeLimitReached) as raised:
                error = raised
            except BaseException as raised:
                if isinstance(raised, KeyboardInterrupt) or type(raised).__name__ == "Exit":
                    raise  # the user asked for it, with Ctrl-C or in the debugger
                error = ProgramExit(type(raised).__name__).with_traceback(raised.__traceback__)
        owner = getattr(target, "__self__", None)
        changed = [*changed_arguments(args, kwargs, *given), *self._watch.changed_by(owner)]
        self._watch.follow_call(given[0], raw, owner)
        texts = tuple(
            f"{item.category.__name__}: {str(item.message).partition(chr(10))[0]}"
            for item in caught
        )
        return CallResult(answer, error, SideEffects(tuple(changed), texts, left))

    def create_uninitialised(self, target: Any) -> Any:
        """Create an instance of a class without running its constructor."""
        return export(target.__new__(target))
