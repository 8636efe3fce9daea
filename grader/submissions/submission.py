"""What the grader needs from a submission, wherever its code runs."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from grader.runtime.backend import Backend, Handle


class Submission(Protocol):
    """What a check needs from a submission: its folder, and access to its code."""

    folder: Path
    backend: Backend

    def path(self, exercise: str) -> Path:
        """Return where an exercise's file is, or would be."""

    def file_name(self, exercise: str) -> str:
        """Return what the student calls an exercise's file: it may have been a notebook."""

    def load(self, exercise: str) -> Handle:
        """Import an exercise; raise `ImportFailed` if that fails."""

    def packages(self, exercise: str, function: str, apart_from: Collection[str]) -> set[str]:
        """Return the packages that a function of an exercise can reach (see `packages_reached`)."""

    def exercise_of(self, file: str) -> str:
        """Return the exercise that a file of the submission belongs to."""

    def running(
        self, exercise: str, seed: int, without: tuple[str, ...]
    ) -> AbstractContextManager[None]:
        """Prepare to run an exercise's code for one check, with seeded random generators.

        A backend that can hide packages hides those in `without`.
        """

    def stop(self) -> None:
        """Leave no process running."""
