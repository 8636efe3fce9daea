"""Cap the memory that the grader's own process uses for a callback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EXTRA_BYTES = 500_000_000
"""How much more memory the process may take than it has already."""


@contextmanager
def memory_cap() -> Iterator[None]:
    """Raise MemoryError if a block would take much more memory.

    The grader's functions expect small arrays, but a submission may call them with any arrays: say, a
    column and a row whose product is too large for the machine.
    """
    if sys.platform != "linux":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    most = pages * resource.getpagesize() + EXTRA_BYTES
    if before[0] != resource.RLIM_INFINITY:
        most = min(most, before[0])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
