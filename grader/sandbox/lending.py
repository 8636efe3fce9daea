"""The grader's own functions and layers, lent to the student's code: only calls of them cross."""

from __future__ import annotations

import inspect
from typing import Any

from grader.sandbox.borrowed import CALL
from grader.sandbox.wire import WireError


class Lending:
    """What one check has lent."""

    def __init__(self) -> None:
        self._objects: list[Any] = []
        self._methods: list[list[str]] = []

    def lend(self, value: Any) -> list[Any]:
        """Return what stands for an object: its number, its name, and the methods it lends."""
        for number, known in enumerate(self._objects):
            if known is value:
                return self._entry(number)
        self._objects.append(value)
        self._methods.append(_methods(value))
        return self._entry(len(self._objects) - 1)

    def find(self, number: Any) -> Any:
        """Return an object by its number.

        Raises
        ------
        WireError
            If none has been lent under this number.
        """
        if type(number) is not int or not 0 <= number < len(self._objects):
            raise WireError("it names an object that was not lent")
        return self._objects[number]

    def method(self, number: Any, name: Any) -> Any:
        """Return a method of an object.

        Raises
        ------
        WireError
            If the object does not lend it.
        """
        found = self.find(number)
        if not isinstance(name, str) or name not in self._methods[number]:
            raise WireError("it asks for a method that was not lent")
        return found if name == CALL else getattr(found, name)

    def _entry(self, number: int) -> list[Any]:
        name = getattr(self._objects[number], "__name__", "")
        return [number, name, self._methods[number]]


def _methods(value: Any) -> list[str]:
    """Return what an object lends: a function itself, a layer the public methods of its class."""
    if inspect.isroutine(value):
        return [CALL]
    functions = inspect.getmembers(type(value), inspect.isfunction)
    return [name for name, _ in functions if not name.startswith("_")]
