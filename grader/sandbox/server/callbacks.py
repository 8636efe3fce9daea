"""Stand-ins, in the student's process, for the grader's functions and layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
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
    """Stands for a layer of the grader: you can call the given methods, and nothing else.

    Its class is named like the grader's, so that code which prints or compares the classes of layers
    sees what it would see without a sandbox.
    """

    def __init__(self, ask: Ask, number: int) -> None:
        self.ask = partial(ask, number)
        self.number = number


def _method(name: str) -> Callable[..., Any]:
    def method(self: CallbackObject, *args: Any, **kwargs: Any) -> Any:
        return self.ask(name, args, kwargs)

    method.__name__ = name
    return method


def callback_for(ask: Ask, number: int, name: str, methods: Sequence[str]) -> Any:
    """Return what stands for an object of the grader with these methods."""
    if list(methods) == [CALL]:
        return CallbackFunction(ask, number, name)
    return _class(name, tuple(methods))(ask, number)


@cache
def _class(name: str, methods: tuple[str, ...]) -> type[CallbackObject]:
    return type(name, (CallbackObject,), {method: _method(method) for method in methods})
