"""The interface between a check and the student's code, which runs in this process or in another.

Only plain data crosses: numbers, strings, arrays, and lists, tuples and dictionaries of them, always
as copies. Everything else that the student's code creates stays in its process, and a `Handle` names
it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol


@dataclass(frozen=True)
class SideEffects:
    """What a call did besides returning.

    Attributes
    ----------
    changed : tuple of str
        What the call changed in place, such as "the numbers of argument 1".
    warnings : tuple of str
        The warnings that it issued.
    arguments : tuple
        Copies of the positional arguments as the call left them, if any of them holds a dictionary:
        such a call can be made for what it changes. Empty otherwise, and if the call raised.
    """

    changed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    arguments: tuple[Any, ...] = field(default=(), compare=False)


class Arguments(NamedTuple):
    """The arguments of one call."""

    args: Sequence[Any]
    kwargs: Mapping[str, Any]


class CallResult(NamedTuple):
    """How a call ended: what it returned or raised, and its side effects."""

    answer: Any
    error: BaseException | None
    effects: SideEffects


class Handle:
    """Names an object that stays in its process; a `Backend` returns it, `CallLog` wraps it."""

    __slots__ = ("kind", "target")

    def __init__(self, target: Any, kind: str) -> None:
        self.target = target
        self.kind = kind


class Backend(Protocol):
    """Where the student's code runs. A target is whatever the backend uses to name an object.

    Attributes
    ----------
    timed_out : set of str
        Functions that ran out of time, and are not worth another try.
    is_fresh : bool
        Whether nothing that earlier checks started can still be running.
    """

    timed_out: set[str]
    is_fresh: bool

    def get(self, target: Any, name: str) -> Any:
        """Return the value of an attribute, raising AttributeError if there is none."""

    def set(self, target: Any, values: Mapping[str, Any], *, quietly: bool = False) -> None:
        """Set attributes to copies of the values, as far as possible.

        Unless `quietly` is true, this raises the first error: now, or when the backend is next used.
        """

    def call(self, target: Any, several: Sequence[Arguments]) -> list[CallResult]:
        """Call with copies of each set of arguments, in order, until a call raises something."""

    def create_uninitialised(self, target: Any) -> Any:
        """Create an instance of a class without running its constructor."""
