"""The class `Misconception`, and the catalogue of all misconceptions."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from grader.results import MisconceptionNote

CATALOGUE = Path(__file__).with_name("catalogue")

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
    """

    part: str
    name: str
    explanation: str
    hint: str
    function: Callable[..., Any]

    @property
    def note(self) -> MisconceptionNote:
        """Return the entry for the results."""
        return MisconceptionNote(self.name, self.explanation, self.hint)


def misconception(
    part: str, name: str, *, hint: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add a wrong implementation to the catalogue; its docstring is the explanation."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        explanation = " ".join((inspect.getdoc(function) or "").split())
        _catalogue.append(Misconception(part, name, explanation, hint, function))
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
