"""Open a submission for grading, its code in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.sandbox.jail import ROOT, jailed, prove, unjailed
from grader.sandbox.limits import Limits
from grader.sandbox.sandboxed import SandboxedSubmission

SECRETS = (ROOT / "solutions", ROOT / "grader" / "checking", ROOT / "tests", ROOT / ".git")
"""What no submission may see."""


def open_sandboxed(
    folder: Path, limits: Limits, secrets: Sequence[Path] = ()
) -> SandboxedSubmission:
    """Return a submission whose code will run in a sandbox that was shown to hold.

    Parameters
    ----------
    folder : Path
        Where the files are.
    limits : Limits
    secrets : sequence of Path
        What must not be visible, beside the solutions and the checks.

    Raises
    ------
    NoJail
        If there can be no sandbox here.
    """
    submission = open_in_proven(folder, limits)  # it starts while the jail is tried
    try:
        prove(jailed(folder, limits), [*SECRETS, *secrets, folder.resolve()])
    except BaseException:
        submission.stop()
        raise
    return submission


def open_in_proven(folder: Path, limits: Limits) -> SandboxedSubmission:
    """Return a submission whose code will run in a sandbox like one that was shown to hold before.

    Raises
    ------
    NoJail
        If bubblewrap is not installed any more.
    """
    return SandboxedSubmission(folder, jailed(folder, limits), limits)


def open_unsafe(folder: Path, limits: Limits) -> SandboxedSubmission:
    """Return a submission whose code will run in a process of its own, without a sandbox."""
    return SandboxedSubmission(folder, unjailed(folder), limits)
