"""The whole course: every part that the test files declare."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from grader.checking.part_declaration import DeclarationError, Part, parts_of
from grader.common.exercise_names import names_of_exercise

GRADER = Path(__file__).resolve().parents[1]


@cache
def all_parts() -> tuple[Part, ...]:
    """Return every part of the course: first the exercises, in the order of their files.

    Raises
    ------
    DeclarationError
        If two parts have the same id, or a test file does not declare its parts correctly.
    """
    names = sorted(path.stem for path in GRADER.glob("test_*.py"))
    modules = [importlib.import_module(f"grader.{name}") for name in names]
    parts = tuple(part for module in modules for part in parts_of(module))
    ids = [part.id for part in parts]
    for id in ids:
        if ids.count(id) > 1:
            raise DeclarationError(f"two parts have the id {id}")
    return parts


def parts_to_write() -> tuple[Part, ...]:
    """Return the parts in which students write something: all but the milestones."""
    return tuple(part for part in all_parts() if part.target)


def parts_named(names: Iterable[str]) -> Sequence[Part]:
    """Return the parts with these names, in the order of the course; without names, return all.

    Parameters
    ----------
    names : iterable of str
        Ids of parts ("ex02/backward"), or exercises ("ex02", "ex2", "convolutional",
        "ex02_convolutional", "milestones").

    Raises
    ------
    ValueError
        If a name matches no part.
    """
    wanted = list(names)
    found = [part for part in all_parts() if not wanted or names_of(part) & set(wanted)]
    for name in wanted:
        if not any(name in names_of(part) for part in found):
            raise ValueError(f"there is no part or exercise {name!r} in this course")
    return found


def names_of(part: Part) -> set[str]:
    """Return the names that select a part: its id, and those of its exercise."""
    return {part.id, *names_of_exercise(part.exercise)}
