"""How much a submission may use of the machine, and how to say so on a command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What the process of a submission may use. A check has its own limit of time beside these.

    Attributes
    ----------
    memory : int
        Megabytes of address space. NumPy and SciPy take some 400 of them before any code runs.
    file_size : int
        Megabytes of a file that it writes.
    disk : int
        Megabytes of its only writable folder, which is in memory.
    open_files : int
    processor_seconds : int
        Of any one process.
    submission_seconds : int
        By the clock on the wall, from the first check of the submission to its last.
    output : int
        Characters of what it prints that are kept.
    """

    memory: int = 1500
    file_size: int = 16
    disk: int = 64
    open_files: int = 64
    processor_seconds: int = 3600
    submission_seconds: int = 3600
    output: int = 20_000


def changed(limits: Limits, settings: Iterable[str]) -> Limits:
    """Return limits with some of them set otherwise, as "memory=3000".

    Raises
    ------
    ValueError
        If a setting is none, in a sentence for the user.
    """
    names = [field.name for field in fields(Limits)]
    for setting in settings:
        name, _, number = setting.partition("=")
        if name not in names or not number.isdecimal() or int(number) == 0:
            raise ValueError(
                f"{setting!r} sets no limit; it should be one of {', '.join(names)}, then = and a "
                "whole number above 0, such as memory=3000"
            )
        limits = replace(limits, **{name: int(number)})
    return limits
