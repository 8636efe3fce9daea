"""Keep this process from taking much memory for a submission."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST = 500_000_000
"""Bytes beyond those that the process has."""


@contextmanager
def memory_cap() -> Iterator[None]:
    """Raise MemoryError where a block would take much memory.

    The grader's functions work on small arrays, and a submission may call them with others: a column
    and a row, which together are too large for the machine.
    """
    if sys.platform != "linux":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    most = pages * resource.getpagesize() + MOST
    if before[0] != resource.RLIM_INFINITY:
        most = min(most, before[0])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
