"""Where the student's code runs, as a check's session sees it: here, or in another process.

Only plain data crosses: numbers, strings, arrays, and lists, tuples and dictionaries of them, always
as copies. Everything else that the student's code makes stays where it is, and a `Handle` names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol


@dataclass(frozen=True)
class SideEffects:
    """What a call did besides returning.

    Attributes
    ----------
    changed : tuple of str
        What the call changed in place, such as "the numbers of argument 1".
    warnings : tuple of str
        The warnings that it gave.
    """

    changed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Arguments(NamedTuple):
    """What to call something with."""

    args: Sequence[Any]
    kwargs: Mapping[str, Any]


class CallResult(NamedTuple):
    """How a call ended: what came back, or what was raised, and what else it did."""

    answer: Any
    error: BaseException | None
    effects: SideEffects


class Handle:
    """Names an object that stays in its place; a `Backend` hands it out, `CallLog` wraps it."""

    __slots__ = ("kind", "target")

    def __init__(self, target: Any, kind: str) -> None:
        self.target = target
        self.kind = kind


class Backend(Protocol):
    """Where the student's code runs. A target is whatever the backend uses to name an object.

    Attributes
    ----------
    timed_out : set of str
        Functions that were tried in vain, and are not worth another try.
    is_fresh : bool
        Whether nothing of what earlier checks did can still be going on.
    """

    timed_out: set[str]
    is_fresh: bool

    def get(self, target: Any, name: str) -> Any:
        """Return the value of an attribute, raising AttributeError if there is none."""

    def set(self, target: Any, values: Mapping[str, Any], *, quietly: bool = False) -> None:
        """Set attributes to copies of the values: all that can be.

        Unless it is done quietly, the first error is raised: now, or by what is next done with the
        backend.
        """

    def call(self, target: Any, several: Sequence[Arguments]) -> list[CallResult]:
        """Call once with copies of each of the arguments, in order, until a call raises something."""

    def bare(self, target: Any) -> Any:
        """Make an object of a class without running its constructor."""
