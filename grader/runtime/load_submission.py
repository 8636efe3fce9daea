"""Import the code of one submission into this process."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from grader.runtime.backend import Backend, Handle
from grader.runtime.errors import ImportFailed
from grader.runtime.importer import SubmissionImporter
from grader.runtime.local_backend import LocalBackend
from grader.runtime.provided_files import PROVIDED_MODULES
from grader.runtime.time_limit import TimeLimitReached


def has_data(folder: Path) -> bool:
    """Return whether a submission has files besides its modules, such as data that they read."""
    return any(path.suffix != ".py" and path.is_file() for path in folder.iterdir())


class SubmissionCode:
    """The exercise files in one folder, imported into this process.

    Parameters
    ----------
    folder : Path
        Where the files are.

    Attributes
    ----------
    backend : Backend
        Where their code runs.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.backend: Backend = LocalBackend()
        self._importer = SubmissionImporter(self.folder)
        self._failures: dict[str, ImportFailed] = {}

    def path(self, exercise: str) -> Path:
        """Return where an exercise's file is, or would be."""
        return self.folder / f"{exercise}.py"

    def load(self, exercise: str) -> Handle:
        """Import an exercise, once.

        Raises
        ------
        ImportFailed
            If that fails. If it failed before, it is not tried again.
        """
        if exercise in self._failures:
            raise self._failures[exercise]
        if not self.path(exercise).is_file() and exercise not in PROVIDED_MODULES:
            raise ImportFailed(exercise, "is missing")
        try:
            return Handle(self._importer.load(exercise), "module")
        except (Exception, SystemExit, TimeLimitReached) as error:
            failure = ImportFailed(exercise, "cannot be imported")
            failure.__cause__ = error
            self._failures[exercise] = failure
            raise failure from error

    def active(self) -> AbstractContextManager[None]:
        """Let the code's own imports find this submission's files."""
        return self._importer.active()
