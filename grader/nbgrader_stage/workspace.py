"""Where the submissions of a batch lie while they are graded, one after the other."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from grader.sandbox.limits import Limits
from grader.sandbox.open_submission import SharedSandbox, open_unsafe
from grader.sandbox.sandboxed_submission import SLOW
from grader.submissions.submission import Submission

Write = Callable[[Path], None]
"""Writes the modules of a submission into a folder."""


class Workspace:
    """An empty folder, and the processes that see what is put there.

    Parameters
    ----------
    limits : Limits
    secrets : sequence of Path
        What no submission may see.
    unsafe : bool
        Whether to do without a sandbox; then nothing is shared.

    Raises
    ------
    SandboxUnavailable
        If there can be no sandbox here.
    """

    def __init__(self, limits: Limits, secrets: Sequence[Path], *, unsafe: bool) -> None:
        self._around = tempfile.TemporaryDirectory()
        self._folder = Path(self._around.name) / "submission"
        self._folder.mkdir()
        self._folder.chmod(0o755)
        self._limits = limits
        try:
            self._shared = None if unsafe else self._share(secrets)
        except BaseException:
            self._around.cleanup()
            raise

    def _share(self, secrets: Sequence[Path]) -> SharedSandbox:
        return SharedSandbox(self._folder, self._limits, secrets, list(SLOW.values()))

    @contextmanager
    def holding(self, write: Write) -> Iterator[Submission]:
        """Have a submission on the workspace, ready to be graded, and then nothing."""
        try:
            write(self._folder)
            submission = self._open()
            try:
                yield submission
            finally:
                submission.stop()
        finally:
            self._clear()

    def clear_away(self) -> None:
        """Leave no folder and no process."""
        if self._shared:
            self._shared.stop()
        self._around.cleanup()

    def _open(self) -> Submission:
        return self._shared.open() if self._shared else open_unsafe(self._folder, self._limits)

    def _clear(self) -> None:
        for path in self._folder.iterdir():
            if path.is_dir():  # without a sandbox, a submission may have made one
                shutil.rmtree(path)
            else:
                path.unlink()
