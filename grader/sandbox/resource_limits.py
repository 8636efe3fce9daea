"""How much of the machine a submission may use, and how to set that on a command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What a submission's process may use. Each check also has its own time limit.

    Attributes
    ----------
    memory : int
        Megabytes of address space. NumPy and SciPy take about 400 of them before any code runs.
    file_size : int
        Megabytes in any file that it writes.
    disk : int
        Megabytes in its only writable folder, which is in memory.
    files : int
        How many files and folders there may be in that folder.
    open_files : int
    processor_seconds : int
        CPU time of any one process.
    submission_seconds : int
        Wall-clock time from the submission's first check to its last.
    output : int
        How many characters of its output are kept.
    """

    memory: int = 1500
    file_size: int = 16
    disk: int = 64
    files: int = 10_000
    open_files: int = 64
    processor_seconds: int = 3600
    submission_seconds: int = 3600
    output: int = 20_000


def with_settings(limits: Limits, settings: Iterable[str]) -> Limits:
    """Return the limits, changed by settings such as "memory=3000".

    Raises
    ------
    ValueError
        If a setting is malformed; the text is for the user.
    """
    names = [field.name for field in fields(Limits)]
    for setting in settings:
        name, _, number = setting.partition("=")
        if name not in names or not number.isdecimal() or int(number) == 0:
            raise ValueError(
                f"{setting!r} is not a valid limit; write one of {', '.join(names)}, then = and a "
                "whole number above 0, such as memory=3000"
            )
        limits = replace(limits, **{name: int(number)})
    return limits
