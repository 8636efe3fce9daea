"""What the process of a submission takes from itself before it runs any of the submission's code."""

from __future__ import annotations

import resource

from grader.sandbox.limits import MEGABYTE, Limits


def limit_resources(limits: Limits) -> None:
    """Limit memory, files and processor time, for this process and all that it starts."""
    for kind, amount in (
        (resource.RLIMIT_AS, limits.memory * MEGABYTE),
        (resource.RLIMIT_FSIZE, limits.file_size * MEGABYTE),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CPU, limits.processor_seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))
