"""In the process of the student's code: what stands for the grader's own functions and layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from grader.sandbox.protocol.callback_names import CALL

Ask = Callable[[int, str, tuple[Any, ...], dict[str, Any]], Any]
"""Has the grader call a method of one of its objects, by number and name; returns what it returns."""


class CallbackFunction:
    """A function of the grader's: it can be called, and that is all."""

    def __init__(self, ask: Ask, number: int, name: str) -> None:
        self.number = number
        self.__name__ = name
        self._ask = ask

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Have the grader call it."""
        return self._ask(self.number, CALL, args, kwargs)


class CallbackObject:
    """A layer of the grader's: the methods that it lends can be called, and that is all."""

    def __init__(self, ask: Ask, number: int, methods: Sequence[str]) -> None:
        self.number = number
        for name in methods:
            setattr(self, name, partial(_call, ask, number, name))


def _call(ask: Ask, number: int, name: str, *args: Any, **kwargs: Any) -> Any:
    return ask(number, name, args, kwargs)


def callback_for(ask: Ask, number: int, name: str, methods: Sequence[str]) -> Any:
    """Return what stands for an object of the grader's, which lends these methods."""
    if list(methods) == [CALL]:
        return CallbackFunction(ask, number, name)
    return CallbackObject(ask, number, methods)
