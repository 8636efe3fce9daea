"""What is kept of a grading: of each check, all that a student's mark and report depend on."""

from __future__ import annotations

from typing import Any, TypedDict

KNOWN_VERSIONS = (1, 2)
"""Versions of `results.json` that `check_records` can read."""


class Record(TypedDict):
    """One check. Equal gradings have equal records."""

    part: str
    check: str
    marks: int
    max_marks: int
    status: str
    misconception: str | None


def check_records(results: Any) -> list[Record]:
    """Return the record of each check in a `results.json`, whatever its version.

    Raises
    ------
    ValueError
        If nobody has said yet how to read this version. The place to say so is here.
    """
    version = results["schema_version"]
    if version not in KNOWN_VERSIONS:
        raise ValueError(f"results.json has schema version {version}, which is not known yet")
    return [
        Record(
            part=part["id"],
            check=check["name"],
            marks=check["marks"],
            max_marks=check["max_marks"],
            status=check["status"],
            misconception=_name(check["misconception"]),
        )
        for part in results["parts"]
        for check in part["checks"]
    ]


def _name(misconception: Any) -> str | None:
    """Return the name of a misconception, which version 2 may have in an object with more."""
    name: str | None = misconception["name"] if isinstance(misconception, dict) else misconception
    return name
