"""The whole course: every part that the test files declare."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from grader.checking.parts import DeclarationError, Part, parts_of

GRADER = Path(__file__).resolve().parents[1]


@cache
def all_parts() -> tuple[Part, ...]:
    """Return every part of the course: exercises in the order of their files, then the others.

    Raises
    ------
    DeclarationError
        If two parts have one id, or a test file does not declare its parts as it should.
    """
    names = sorted(path.stem for path in GRADER.glob("test_*.py"))
    modules = [importlib.import_module(f"grader.{name}") for name in names]
    parts = tuple(part for module in modules for part in parts_of(module))
    ids = [part.id for part in parts]
    for id in ids:
        if ids.count(id) > 1:
            raise DeclarationError(f"two parts are called {id}")
    return parts


def parts_to_write() -> tuple[Part, ...]:
    """Return the parts in which students write something: all but the milestones."""
    return tuple(part for part in all_parts() if part.target)


def parts_named(names: Iterable[str]) -> Sequence[Part]:
    """Return the parts that some names mean, in the order of the course; all for no names.

    Parameters
    ----------
    names : iterable of str
        Ids of parts ("ex02/backward"), or exercises ("ex02", "ex02_convolutional", "milestones").

    Raises
    ------
    ValueError
        If a name means no part.
    """
    wanted = list(names)
    found = [part for part in all_parts() if not wanted or names_of(part) & set(wanted)]
    for name in wanted:
        if not any(name in names_of(part) for part in found):
            raise ValueError(f"there is no part or exercise {name!r} in this course")
    return found


def names_of(part: Part) -> set[str]:
    """Return what a part can be called: by its id, or by its exercise, in short or in full."""
    return {part.id, part.id.partition("/")[0], part.exercise}
