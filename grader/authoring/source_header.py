"""Read the header of a file in `solutions/`, which describes its exercise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.authoring.exercise_stubs import SourceError, read_source

CORE = "core"
"""The assignment of a file whose header names none."""


@dataclass(frozen=True)
class SourceHeader:
    """The `exercise` entry of a file's Jupytext header.

    Attributes
    ----------
    builds_on : tuple of str
        The exercises that help to understand this one.
    minutes : int or None
        How long the exercise takes; None if the header does not say so.
    assignment : str
        The nbgrader assignment that it belongs to.
    """

    builds_on: tuple[str, ...] = ()
    minutes: int | None = None
    assignment: str = CORE


def read_header(path: Path) -> SourceHeader:
    """Return the `exercise` entry of a file's header.

    Raises
    ------
    SourceError
        If the header has an unknown entry or an invalid assignment name.
    """
    entries = read_source(path).metadata.get("exercise", {})
    if unknown := sorted(set(entries) - {"builds_on", "minutes", "assignment"}):
        raise SourceError(f"{path}: its header has an unknown entry, {unknown[0]!r}")
    header = SourceHeader(
        builds_on=tuple(entries.get("builds_on") or ()),
        minutes=entries.get("minutes"),
        assignment=entries.get("assignment", CORE),
    )
    if not isinstance(header.assignment, str) or not header.assignment.isidentifier():
        raise SourceError(f"{path}: {header.assignment!r} is not a valid name for an assignment")
    return header
