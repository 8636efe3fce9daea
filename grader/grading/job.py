"""What to grade, and how: plain data, which can be pickled and sent to another machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from grader.sandbox.limits import Limits

PUBLIC_SEED = 0
"""What students' own runs draw their inputs from."""


class Where(StrEnum):
    """Where the submission's code runs."""

    HERE = "here"
    """In the grader's own process, where breakpoints, prints and tracebacks work."""
    SANDBOXED = "sandboxed"
    """In a process of its own, in a sandbox."""
    UNSAFE = "unsafe"
    """In a process of its own without a sandbox: for code that is trusted."""


class Digits(StrEnum):
    """Which images the milestones learn from."""

    DOWNLOAD = "download"
    """MNIST; if it is not on this machine, it is downloaded, and if that fails, digits."""
    ON_THIS_MACHINE = "on this machine"
    """MNIST if it is on this machine, else digits."""
    SMALL = "small"
    """Always digits, which come with scikit-learn."""


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    Attributes
    ----------
    submission : Path or mapping of str to bytes
        The folder with the files, or the files themselves, by their names.
    parts : tuple of str
        Parts ("ex02/backward") or exercises ("ex02"); none for the whole course.
    seed : int
        What the inputs of the checks are drawn from.
    where : Where
    limits : Limits
        What a process for student code may use; of no meaning where the code runs here.
    digits : Digits
    name : str
        What the results call the submission; its folder's name if this is empty.
    secrets : tuple of Path
        What must not be visible in a sandbox, besides the solutions and the checks.
    capture : bool
        Whether to keep what the code prints, in the results; else it is printed.
    """

    submission: Path | Mapping[str, bytes]
    parts: tuple[str, ...] = ()
    seed: int = PUBLIC_SEED
    where: Where = Where.HERE
    limits: Limits = field(default_factory=Limits)
    digits: Digits = Digits.ON_THIS_MACHINE
    name: str = ""
    secrets: tuple[Path, ...] = ()
    capture: bool = True
