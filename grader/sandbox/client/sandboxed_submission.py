"""A submission whose code runs in a separate process."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from grader.analysis.reachable_packages import packages_reached
from grader.analysis.read_source import file_name, imported_names
from grader.runtime.backend import Backend, Handle
from grader.runtime.error_report import rebuild
from grader.runtime.errors import ImportFailed
from grader.sandbox.client.process_pool import ProcessPool
from grader.sandbox.client.remote_backend import RemoteBackend

SLOW_IMPORTS = {"scipy": "scipy.signal"}
"""Packages that are slow to import, and what to import of each, once for all exercises."""
MOST_FILES = 100
"""How many files are searched for such imports."""


def slow_imports(folder: Path) -> Sequence[str]:
    """Return the slow modules to import in advance, because the submission uses them."""
    files = sorted(folder.glob("*.py"))[:MOST_FILES]
    imported = {name for file in files for name in imported_names(file)}
    return [module for package, module in SLOW_IMPORTS.items() if package in imported]


class SandboxedSubmission:
    """The exercise files in one folder, running in a separate process.

    Parameters
    ----------
    folder : Path
        Where the files are.
    pool : ProcessPool
        Provides the processes, which can see the folder.
    last : bool
        Whether to stop the pool with this submission.
    """

    def __init__(self, folder: Path, pool: ProcessPool, *, last: bool) -> None:
        self.folder = folder.resolve()
        self._pool, self._last = pool, last
        self._remote = RemoteBackend(pool)
        self.backend: Backend = self._remote

    def path(self, exercise: str) -> Path:
        """Return where an exercise's file is, or would be."""
        return self.folder / f"{exercise}.py"

    def load(self, exercise: str) -> Handle:
        """Import an exercise.

        Raises
        ------
        ImportFailed
            If that fails.
        """
        answer = self._remote.load(exercise)
        if answer.raised:
            failure = ImportFailed(exercise, answer.import_failure)
            # If the file is missing, no other exception caused the failure.
            failure.__cause__ = (
                None if answer.raised.kind == ImportFailed.__name__ else rebuild(answer.raised)
            )
            raise failure
        if not isinstance(answer.value, Handle):
            raise ImportFailed(exercise, "is not a module")
        return answer.value

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
    def running(self, exercise: str, seed: int, without: tuple[str, ...]) -> Iterator[None]:
        """Prepare to run an exercise's code for one check, with some packages hidden."""
        self._remote.begin(exercise, seed, without)
        yield
        self._remote.settle()

    def stop(self) -> None:
        """End the process, or return it to the pool."""
        self._remote.stop()
        if self._last:
            self._pool.stop()
