"""A submission whose code runs in the grader's own process."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.analysis.reachable_packages import packages_reached
from grader.analysis.read_source import file_name
from grader.runtime.load_submission import SubmissionCode
from grader.runtime.process_state import preserved_process_state, seed_generators


class LocalSubmission(SubmissionCode):
    """The exercise files in one folder, running in this process (see `Submission`).

    Parameters
    ----------
    folder : Path
        Where the files are.
    """

    def packages(self, exercise: str, function: str, apart_from: Collection[str]) -> set[str]:
        """Return the packages that a function of an exercise can reach (see `packages_reached`)."""
        return packages_reached(self.path(exercise), function, apart_from)

    def file_name(self, exercise: str) -> str:
        """Return what the student calls an exercise's file: it may have been a notebook."""
        return file_name(self.path(exercise))

    def exercise_of(self, file: str) -> str:
        """Return the exercise that a file belongs to."""
        return Path(file).stem

    @contextmanager
    def running(self, exercise: str, seed: int, without: tuple[str, ...]) -> Iterator[None]:  # noqa: ARG002 (one process for all)
        """Prepare to run an exercise's code for one check, with seeded random generators.

        It runs in its own folder, since it may read files that lie beside it.
        """
        with self.active(), preserved_process_state():
            os.chdir(self.folder)
            seed_generators(seed)
            yield

    def stop(self) -> None:
        """Do nothing: there is no other process."""
