"""What to grade and how, as plain data that can be pickled and sent to another machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from grader.sandbox.resource_limits import Limits

PUBLIC_SEED = 0
"""The seed of students' own runs."""


class Where(StrEnum):
    """Where the submission's code runs."""

    HERE = "here"
    """In the grader's own process, where breakpoints, prints and tracebacks work."""
    SANDBOXED = "sandboxed"
    """In its own process, in a sandbox."""
    UNSAFE = "unsafe"
    """In its own process without a sandbox: only for code that you trust."""


class Digits(StrEnum):
    """Which images the milestones train on."""

    DOWNLOAD = "download"
    """MNIST, downloaded if necessary; if the download fails, digits."""
    ON_THIS_MACHINE = "on this machine"
    """MNIST if it is on this machine, otherwise digits."""
    SMALL = "small"
    """Always digits, which come with scikit-learn."""


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    Attributes
    ----------
    submission : Path or mapping of str to bytes
        The folder with the files, or the files themselves, by name.
    parts : tuple of str
        Parts ("ex02/backward") or exercises ("ex02"); empty for the whole course.
    seed : int
        The seed of the checks' inputs.
    where : Where
    limits : Limits
        What a process for student code may use; ignored if the code runs in the grader's process.
    digits : Digits
    name : str
        The submission's name in the results; by default, the name of its folder.
    secrets : tuple of Path
        What must not be visible in a sandbox, besides the solutions and the checks.
    capture : bool
        Whether to capture what the code prints and keep it in the results; otherwise it is printed.
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
