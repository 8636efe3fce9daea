"""Measure what the sandbox costs: grade the whole course with and without it, alternately.

    python benchmarks/sandbox.py [RUNS]

Each run grades `solutions/`, from the start of pytest to its end.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "pytest", "grader", "-q", "--submission", "solutions"]


def seconds(*options: str) -> float:
    """Return how long one run takes, in seconds."""
    start = time.perf_counter()
    subprocess.run([*COMMAND, *options], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Print medians and their ratio."""
    for name, options in (("whole course", ()), ("without milestones", ("-k", "not milestones"))):
        seconds(*options)  # warm up the disk cache
        pairs = [(seconds(*options), seconds("--sandbox", *options)) for _ in range(runs)]
        without, sandboxed = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(b / a for a, b in pairs)
        print(
            f"{name}: {without:.2f} s without sandbox, {sandboxed:.2f} s with sandbox, "
            f"{ratio:.2f} times as long"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
