"""Stand-ins, in the student's process, for the grader's functions and layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from grader.sandbox.protocol.callback_names import CALL

Ask = Callable[[int, str, tuple[Any, ...], dict[str, Any]], Any]
"""Asks the grader to call a method of one of its objects, by number and name; returns the result."""


class CallbackFunction:
    """Stands for a function of the grader: you can call it, and nothing else."""

    def __init__(self, ask: Ask, number: int, name: str) -> None:
        self.number = number
        self.__name__ = name
        self._ask = ask

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Ask the grader to call the function."""
        return self._ask(self.number, CALL, args, kwargs)


class CallbackObject:
    """Stands for a layer of the grader: you can call the given methods, and nothing else."""

    def __init__(self, ask: Ask, number: int, methods: Sequence[str]) -> None:
        self.number = number
        for name in methods:
            setattr(self, name, partial(_call, ask, number, name))


def _call(ask: Ask, number: int, name: str, *args: Any, **kwargs: Any) -> Any:
    return ask(number, name, args, kwargs)


def callback_for(ask: Ask, number: int, name: str, methods: Sequence[str]) -> Any:
    """Return what stands for an object of the grader with these methods."""
    if list(methods) == [CALL]:
        return CallbackFunction(ask, number, name)
    return CallbackObject(ask, number, methods)
