"""A submission whose code runs in a process of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from grader.sandbox.distant import Distant
from grader.sandbox.jail import Command
from grader.sandbox.limits import Limits
from grader.sandbox.place import Place, Reference
from grader.sandbox.raised import rebuild
from grader.sandbox.reaching import packages_reached
from grader.sandbox.reading import imported_names
from grader.sandbox.submission import CannotLoad

SLOW = {"scipy": "scipy.signal"}
"""What takes long to import, and so is imported once for all exercises, if any of them does."""
MOST_FILES = 100
"""How many files are looked at to see whether any does."""


class SandboxedSubmission:
    """The exercise files in one folder, running in a process of their own.

    Parameters
    ----------
    folder : Path
        Where the files are.
    command : Command
        How to start the process.
    limits : Limits
    """

    def __init__(self, folder: Path, command: Command, limits: Limits) -> None:
        self.folder = folder.resolve()
        self._distant = Distant(command, limits, self._preload())
        self.place: Place = self._distant

    def path(self, exercise: str) -> Path:
        """Return where an exercise's file is, or would be."""
        return self.folder / f"{exercise}.py"

    def load(self, exercise: str) -> Reference:
        """Import an exercise.

        Raises
        ------
        CannotLoad
            If that fails.
        """
        answer = self._distant.load(exercise)
        if answer.raised:
            failure = CannotLoad(exercise, answer.unloaded)
            # A missing file has no other cause than that.
            failure.__cause__ = (
                None if answer.raised.kind == CannotLoad.__name__ else rebuild(answer.raised)
            )
            raise failure
        if not isinstance(answer.value, Reference):
            raise CannotLoad(exercise, "is no module")
        return answer.value

    def packages(self, exercise: str, function: str, apart_from: Collection[str]) -> set[str]:
        """Return the packages that a function of an exercise leads to (see `packages_reached`)."""
        return packages_reached(self.path(exercise), function, apart_from)

    def exercise_of(self, file: str) -> str:
        """Return the exercise that a file belongs to."""
        return Path(file).stem

    @contextmanager
    def running(self, exercise: str, seed: int, without: tuple[str, ...]) -> Iterator[None]:
        """Be ready to run an exercise's code for one check, out of sight of some packages."""
        self._distant.begin(exercise, seed, without)
        yield
        self._distant.settle()

    def stop(self) -> None:
        """End the process."""
        self._distant.stop()

    def _preload(self) -> Sequence[str]:
        files = sorted(self.folder.glob("*.py"))[:MOST_FILES]
        imported = {name for file in files for name in imported_names(file)}
        return [module for package, module in SLOW.items() if package in imported]
