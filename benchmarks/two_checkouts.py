"""Compare how long two checkouts of the kit take: `python benchmarks/two_checkouts.py ONE OTHER`.

Each grades its own solutions with its own command, `pytest grader`: the whole course and the exercises
without milestones, in the grader's process and in the sandbox. The two take turns, and the medians and
their ratio are printed. Set MNIST_DIR, so that neither downloads anything.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

CASES = {
    "whole course, here": (),
    "whole course, sandboxed": ("--sandbox",),
    "exercises, here": ("-k", "not milestones"),
    "exercises, sandboxed": ("-k", "not milestones", "--sandbox"),
}


def seconds(checkout: Path, options: tuple[str, ...]) -> float:
    """Return the wall-clock seconds that a checkout takes to grade its solutions."""
    command = [sys.executable, "-m", "pytest", "grader", "--submission=solutions", "-q", *options]
    env = os.environ | {"PYTHONPATH": str(checkout), "OPENBLAS_NUM_THREADS": "1"}
    start = time.perf_counter()
    subprocess.run(command, cwd=checkout, env=env, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("one", type=lambda path: Path(path).resolve())
    parser.add_argument("other", type=lambda path: Path(path).resolve())
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    row = "{:26} {:>9} {:>9} {:>7}".format
    print(row("", "one", "other", "ratio"))
    for name, words in CASES.items():
        times = [
            (seconds(options.one, words), seconds(options.other, words))
            for _ in range(options.rounds + 1)
        ][1:]  # the first round warms up
        one, other = (statistics.median(column) for column in zip(*times, strict=True))
        ratio = statistics.median(after / before for before, after in times)
        print(row(name, f"{one:.2f} s", f"{other:.2f} s", f"{ratio:.2f}"), flush=True)


if __name__ == "__main__":
    main()
