"""The class `Misconception`, and the catalogue of all misconceptions."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from grader.results import MisconceptionNote

CATALOGUE = Path(__file__).with_name("catalogue")

Function = TypeVar("Function", bound=Callable[..., Any])

_catalogue: list[Misconception] = []


@dataclass(frozen=True)
class Misconception:
    """A common mistake, as code.

    Attributes
    ----------
    part : str
        The part of the course where students make it, such as "ex02/forward".
    name : str
        The mistake in a few words.
    explanation : str
        What the student's code does, and why that is wrong.
    hint : str
        Where to look, without giving the solution away.
    function : callable
        The wrong implementation.
    by_kind : bool
        Whether the kind or the shape of the answers shows the mistake, whatever the numbers are.
    main : bool
        Whether it stands in the list of mistakes; another way to make one of them does not.
    """

    part: str
    name: str
    explanation: str
    hint: str
    function: Callable[..., Any]
    by_kind: bool = False
    main: bool = True

    @property
    def note(self) -> MisconceptionNote:
        """Return the entry for the results."""
        return MisconceptionNote(self.name, self.explanation, self.hint)


def misconception(
    part: str, name: str, *, hint: str, by_kind: bool = False
) -> Callable[[Function], Function]:
    """Add a wrong implementation to the catalogue; its docstring is the explanation."""

    def add(function: Function) -> Function:
        explanation = " ".join((inspect.getdoc(function) or "").split())
        _catalogue.append(Misconception(part, name, explanation, hint, function, by_kind))
        return function

    return add


def another_way(first: Callable[..., Any]) -> Callable[[Function], Function]:
    """Add another way to make a mistake, which gives different answers, to the catalogue."""
    known = next(known for known in _catalogue if known.function is first)

    def add(function: Function) -> Function:
        _catalogue.append(replace(known, function=function, main=False))
        return function

    return add


@cache
def all_misconceptions() -> tuple[Misconception, ...]:
    """Return the whole catalogue, in the order of its files."""
    for path in sorted(CATALOGUE.glob("[a-z]*.py")):
        importlib.import_module(f"{__package__}.catalogue.{path.stem}")
    return tuple(_catalogue)


def misconceptions_of(part: str) -> tuple[Misconception, ...]:
    """Return the known mistakes of one part."""
    return tuple(known for known in all_misconceptions() if known.part == part)
