"""The folder that submissions are put into while they are graded, one after another."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from grader.sandbox.client.open_submission import SharedSandbox, open_unsafe
from grader.sandbox.client.sandboxed_submission import SLOW_IMPORTS
from grader.sandbox.resource_limits import Limits
from grader.submissions.local_submission import LocalSubmission
from grader.submissions.submission import Submission


class Workspace:
    """An empty folder for submissions, and the processes that run their code.

    Parameters
    ----------
    limits : Limits
    secrets : sequence of Path
        What no submission may see.
    sandboxed : bool
        Whether submissions run in a sandbox, whose processes they share.

    Raises
    ------
    SandboxUnavailable
        If the sandbox is not available.
    """

    def __init__(self, limits: Limits, secrets: Sequence[Path], *, sandboxed: bool) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self._folder = Path(self._temporary.name) / "submission"
        self._folder.mkdir()
        self._folder.chmod(0o755)
        self._limits = limits
        try:
            self._shared = self._share(secrets) if sandboxed else None
        except BaseException:
            self._temporary.cleanup()
            raise

    def _share(self, secrets: Sequence[Path]) -> SharedSandbox:
        return SharedSandbox(self._folder, self._limits, secrets, list(SLOW_IMPORTS.values()))

    @contextmanager
    def opened(
        self, files: Mapping[str, bytes], *, in_this_process: bool = False
    ) -> Iterator[Submission]:
        """Write a submission's files to the folder and open it; empty the folder afterwards.

        Parameters
        ----------
        files : mapping of str to bytes
            The files by name; a name may contain folders.
        in_this_process : bool
            Whether its code runs in this process.
        """
        try:
            for name, content in files.items():
                path = self._folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            submission = self._open(in_this_process=in_this_process)
            try:
                yield submission
            finally:
                submission.stop()
        finally:
            self._clear()

    def close(self) -> None:
        """Stop the processes and delete the folder."""
        if self._shared:
            self._shared.stop()
        self._temporary.cleanup()

    def _open(self, *, in_this_process: bool) -> Submission:
        if self._shared:
            return self._shared.open()
        if in_this_process:
            return LocalSubmission(self._folder)
        return open_unsafe(self._folder, self._limits)

    def _clear(self) -> None:
        for path in self._folder.iterdir():
            if path.is_dir():  # a submission can create one if it runs without a sandbox
                shutil.rmtree(path)
            else:
                path.unlink()
