"""What a corpus holds: a line about each submission, in `corpus.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "corpus.json"


@dataclass(frozen=True)
class Submission:
    """One folder of the corpus, and how to grade it.

    Attributes
    ----------
    kind : str
        What it is an example of, such as "misconceptions".
    name : str
        Its own name, unique within the kind.
    exercises : tuple of str
        What to grade, as words for pytest's `-k`: "ex02", "milestones".
    sandbox : bool
        Whether it must never be graded without the sandbox.
    limits : tuple of str
        Limits of the sandbox to be changed, such as "memory=600".
    """

    kind: str
    name: str
    exercises: tuple[str, ...]
    sandbox: bool = False
    limits: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The kind and the name, which is also where its folder is."""
        return f"{self.kind}/{self.name}"


def write_manifest(folder: Path, submissions: Iterable[Submission]) -> None:
    """Write down which submissions are in a corpus."""
    entries = [asdict(submission) for submission in submissions]
    (folder / NAME).write_text(json.dumps(entries, indent=2) + "\n", "utf-8")


def read_manifest(folder: Path) -> list[Submission]:
    """Return the submissions that are in a corpus."""
    entries = json.loads((folder / NAME).read_text("utf-8"))
    return [
        Submission(
            kind=entry["kind"],
            name=entry["name"],
            exercises=tuple(entry["exercises"]),
            sandbox=entry["sandbox"],
            limits=tuple(entry["limits"]),
        )
        for entry in entries
    ]
