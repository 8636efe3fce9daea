"""Callbacks: functions and layers of the grader that student code may call, but never sees."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.runtime.backend import Handle
from grader.sandbox.client.argument_size import refuse_large
from grader.sandbox.protocol.callback_names import CALL
from grader.sandbox.protocol.codec import ProtocolError


@dataclass(frozen=True)
class CallbackTarget:
    """The target of a handle to a callback.

    A submission may return a callback that it was given, but the grader never takes that for its own
    object: whatever comes out of the sandbox is only a handle.
    """

    number: int


class CallbackTable:
    """The callbacks of one check."""

    def __init__(self) -> None:
        self._objects: list[Any] = []
        self._methods: list[list[str]] = []

    def register(self, value: Any) -> list[Any]:
        """Return the reference to a callback: its number, its name, and the methods to call."""
        if isinstance(value, CallbackTarget):
            return self._entry(value.number)
        for number, known in enumerate(self._objects):
            if known is value:
                return self._entry(number)
        self._objects.append(value)
        self._methods.append(_methods(value))
        return self._entry(len(self._objects) - 1)

    def reference(self, number: Any) -> Handle:
        """Return a handle to a callback.

        Raises
        ------
        ProtocolError
            If no callback has this number.
        """
        return Handle(CallbackTarget(number), type(self._find(number)).__name__)

    def call(self, number: Any, name: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call a method of a callback with the submission's arguments.

        Raises
        ------
        ProtocolError
            If the submission may not call this method.
        ValueError
            If it passes more than a callback takes.
        """
        found = self._find(number)
        if not isinstance(name, str) or name not in self._methods[number]:
            raise ProtocolError("it asked for a method that is not a callback")
        method = found if name == CALL else getattr(found, name)
        refuse_large(args, dict(kwargs))
        return method(*map(self._own, args), **{key: self._own(kwargs[key]) for key in kwargs})

    def _find(self, number: Any) -> Any:
        if type(number) is not int or not 0 <= number < len(self._objects):
            raise ProtocolError("it named an object that is not a callback")
        return self._objects[number]

    def _own(self, value: Any) -> Any:
        """Return a value with each handle to a callback replaced by the object itself."""
        if isinstance(value, Handle) and isinstance(value.target, CallbackTarget):
            return self._objects[value.target.number]
        if isinstance(value, list | tuple):
            return type(value)(map(self._own, value))
        return value

    def _entry(self, number: int) -> list[Any]:
        value = self._objects[number]
        name = getattr(value, "__name__", type(value).__name__)
        return [number, name, self._methods[number]]


def _methods(value: Any) -> list[str]:
    """Return what may be called: a function itself, or the public methods of a layer's class."""
    if inspect.isroutine(value):
        return [CALL]
    functions = inspect.getmembers(type(value), inspect.isfunction)
    return [name for name, _ in functions if not name.startswith("_")]
