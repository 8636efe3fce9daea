"""What the sandbox costs: the whole core course, with and without it, by turns.

    python benchmarks/sandbox.py [RUNS]

Each run grades `solutions/` from the start of pytest to its end.
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
    """Return how long one grading takes."""
    start = time.perf_counter()
    subprocess.run([*COMMAND, *options], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Print medians and their ratio."""
    for name, options in (("whole course", ()), ("without milestones", ("-k", "not milestones"))):
        seconds(*options)  # once for the disk
        pairs = [(seconds(*options), seconds("--sandbox", *options)) for _ in range(runs)]
        here, sandboxed = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(b / a for a, b in pairs)
        print(f"{name}: here {here:.2f} s, sandboxed {sandboxed:.2f} s, {ratio:.2f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
