"""One submission: a folder of exercise files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from grader.sandbox.here import Here
from grader.sandbox.loading import Modules
from grader.sandbox.place import Place, Reference
from grader.sandbox.reaching import packages_reached
from grader.sandbox.time_limit import TimeLimitReached
from grader.sandbox.undisturbed import seed_generators, undisturbed


class CannotLoad(Exception):
    """A file of the submission is missing, or raises while it is imported (the cause says what).

    Attributes
    ----------
    exercise : str
        The file's name without its ending.
    reason : str
        What is the matter with it, to follow its name.
    """

    def __init__(self, exercise: str, reason: str) -> None:
        super().__init__(f"{exercise}.py {reason}")
        self.exercise = exercise
        self.reason = reason


class AnySubmission(Protocol):
    """What a check needs of a submission: where it is, and how to get at its code."""

    folder: Path
    place: Place

    def path(self, exercise: str) -> Path:
        """Return where an exercise's file is, or would be."""

    def load(self, exercise: str) -> Reference:
        """Import an exercise; raise `CannotLoad` if that fails."""

    def packages(self, exercise: str, function: str, apart_from: Collection[str]) -> set[str]:
        """Return the packages that a function of an exercise leads to (see `packages_reached`)."""

    def exercise_of(self, file: str) -> str:
        """Return the exercise that a file with code of the submission belongs to."""

    def running(
        self, exercise: str, seed: int, without: tuple[str, ...]
    ) -> AbstractContextManager[None]:
        """Be ready to run an exercise's code for one check, its random generators seeded.

        A place that can hide packages hides those that it should do without.
        """

    def stop(self) -> None:
        """Leave nothing running."""


class Submission:
    """The exercise files in one folder, running in this process.

    Parameters
    ----------
    folder : Path
        Where the files are.

    Attributes
    ----------
    place : Place
        Where their code runs.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.place: Place = Here()
        self._modules = Modules(self.folder)
        self._failures: dict[str, CannotLoad] = {}

    def path(self, exercise: str) -> Path:
        """Return where an exercise's file is, or would be."""
        return self.folder / f"{exercise}.py"

    def load(self, exercise: str) -> Reference:
        """Import an exercise, once.

        Raises
        ------
        CannotLoad
            If that fails; again at once, without another try, if it failed before.
        """
        if exercise in self._failures:
            raise self._failures[exercise]
        if not self.path(exercise).is_file():
            raise CannotLoad(exercise, "is missing")
        try:
            return Reference(self._modules.load(exercise), "module")
        except (Exception, SystemExit, TimeLimitReached) as error:
            failure = CannotLoad(exercise, "cannot be imported")
            failure.__cause__ = error
            self._failures[exercise] = failure
            raise failure from error

    def packages(self, exercise: str, function: str, apart_from: Collection[str]) -> set[str]:
        """Return the packages that a function of an exercise leads to (see `packages_reached`)."""
        return packages_reached(self.path(exercise), function, apart_from)

    def exercise_of(self, file: str) -> str:
        """Return the exercise that a file belongs to."""
        return Path(file).stem

    def active(self) -> AbstractContextManager[None]:
        """Let the code's own imports find this submission's files."""
        return self._modules.lent()

    @contextmanager
    def running(self, exercise: str, seed: int, without: tuple[str, ...]) -> Iterator[None]:  # noqa: ARG002 (one process for all)
        """Be ready to run an exercise's code for one check, its random generators seeded."""
        with self._modules.lent(), undisturbed():
            seed_generators(seed)
            yield

    def stop(self) -> None:
        """Do nothing: there is no other process."""
