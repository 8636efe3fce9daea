"""Limit a process's resources before it runs any of a submission's code."""

from __future__ import annotations

import resource

from grader.sandbox.resource_limits import MEGABYTE, Limits


def limit_resources(limits: Limits) -> None:
    """Limit memory, files and CPU time, for this process and all that it starts."""
    for kind, amount in (
        (resource.RLIMIT_AS, limits.memory * MEGABYTE),
        (resource.RLIMIT_FSIZE, limits.file_size * MEGABYTE),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CPU, limits.processor_seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))
