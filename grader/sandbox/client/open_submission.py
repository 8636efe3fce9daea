"""Open a submission for grading, with its code in a separate process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.sandbox.client.process_pool import ProcessPool
from grader.sandbox.client.sandboxed_submission import SandboxedSubmission, slow_imports
from grader.sandbox.jail import ROOT, Command, jailed, prove, unjailed
from grader.sandbox.resource_limits import Limits

SECRETS = tuple(
    ROOT / name
    for name in ("solutions", "grader/checking", "grader/misconceptions", "tests", ".git")
)
"""What no submission may see."""


def open_sandboxed(
    folder: Path, limits: Limits, secrets: Sequence[Path] = ()
) -> SandboxedSubmission:
    """Return a submission whose code will run in a sandbox that was proved to hold.

    Parameters
    ----------
    folder : Path
        Where the files are.
    limits : Limits
    secrets : sequence of Path
        What must not be visible, besides the solutions and the checks.

    Raises
    ------
    SandboxUnavailable
        If the sandbox is not available.
    """
    submission = _open(folder, jailed(folder, limits), limits)  # starts while the jail is proved
    try:
        prove(jailed(folder, limits), [*SECRETS, *secrets, folder.resolve()])
    except BaseException:
        submission.stop()
        raise
    return submission


def open_unsafe(folder: Path, limits: Limits) -> SandboxedSubmission:
    """Return a submission whose code will run in a separate process, without a sandbox."""
    return _open(folder, unjailed(folder), limits)


def _open(folder: Path, command: Command, limits: Limits) -> SandboxedSubmission:
    pool = ProcessPool(command, limits, slow_imports(folder))
    return SandboxedSubmission(folder, pool, last=True)


class SharedSandbox:
    """A folder that holds one submission after another, and the processes that run them all.

    Parameters
    ----------
    folder : Path
    limits : Limits
    secrets : sequence of Path
        What must not be visible, besides the solutions and the checks.
    preload : sequence of str
        Modules to import once for all submissions.

    Raises
    ------
    SandboxUnavailable
        If the sandbox is not available.
    """

    def __init__(
        self, folder: Path, limits: Limits, secrets: Sequence[Path], preload: Sequence[str]
    ) -> None:
        self.folder = folder.resolve()
        command = jailed(folder, limits)
        self._pool = ProcessPool(command, limits, preload)
        try:
            prove(command, [*SECRETS, *secrets, self.folder])
        except BaseException:
            self.stop()
            raise

    def open(self) -> SandboxedSubmission:
        """Return the submission that is in the folder now. Only one can be open at a time."""
        return SandboxedSubmission(self.folder, self._pool, last=False)

    def stop(self) -> None:
        """End all processes."""
        self._pool.stop()
