"""The file of results: what a checkout has made of each submission."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TypedDict

from tests.corpus.records import Record

OF_NO_INFLUENCE = ("benchmarks", "build", "course", "docs", "tests")
"""Folders of a checkout that grading does not read."""


class Graded(TypedDict):
    """One submission; `problem` is empty if it could be graded."""

    seconds: float
    problem: str
    checks: list[Record]


class Results(TypedDict):
    """All submissions, by their ids, and what graded them."""

    grader: str
    submissions: dict[str, Graded]


def fingerprint(checkout: Path) -> str:
    """Return what tells this state of a checkout from others, as far as it may change a grading."""
    digest = hashlib.sha256()
    for top, folders, names in os.walk(checkout):
        left_out = OF_NO_INFLUENCE if Path(top) == checkout else ()
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in left_out)
        for path in (Path(top, name) for name in sorted(names)):
            if path.suffix in (".py", ".json", ".toml", ".ini"):
                digest.update(f"{path.relative_to(checkout)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def read_graded(path: Path) -> Results:
    """Return what is in a file of results."""
    results: Results = json.loads(path.read_text("utf-8"))
    return results


def write_graded(path: Path, results: Results) -> None:
    """Write a file of results, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    new.replace(path)
