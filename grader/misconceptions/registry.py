"""What a misconception is, and where they all are."""

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
    """A mistake that people make, as code.

    Attributes
    ----------
    part : str
        The part of the course in which it is made, such as "ex02/forward".
    name : str
        What it is, in a few words.
    explanation : str
        What an answer like this shows, and why it is not right.
    hint : str
        Where to look, without giving the code away.
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
        """What results say of it."""
        return MisconceptionNote(self.name, self.explanation, self.hint)


def misconception(
    part: str, name: str, *, hint: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enter a wrong implementation into the catalogue; its docstring is the explanation."""

    def enter(function: Callable[..., Any]) -> Callable[..., Any]:
        explanation = " ".join((inspect.getdoc(function) or "").split())
        _catalogue.append(Misconception(part, name, explanation, hint, function))
        return function

    return enter


@cache
def all_misconceptions() -> tuple[Misconception, ...]:
    """Return the whole catalogue, in the order of its files."""
    for path in sorted(CATALOGUE.glob("[a-z]*.py")):
        importlib.import_module(f"{__package__}.catalogue.{path.stem}")
    return tuple(_catalogue)


def misconceptions_of(part: str) -> tuple[Misconception, ...]:
    """Return the known mistakes of one part."""
    return tuple(known for known in all_misconceptions() if known.part == part)
