"""`python -m tests.mutation`: mutate the reference, and test whether the checks notice.

It fails if a mutant earns full marks but is not in `equivalents.toml`, or if an entry there does not
earn full marks or is not a mutant.
"""

from __future__ import annotations

import argparse
import resource
import sys
from pathlib import Path

from grader.runtime.provided_files import PROVIDED
from tests.mutation.equivalents import Key, read_equivalents
from tests.mutation.mutants import mutants_of
from tests.mutation.verdict import caught_by

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
MEMORY = 4 * 2**30
"""Memory limit of this process in bytes: a mutant that multiplies a shape should fail, not swap."""


def main() -> int:
    """Print a line for each file, then the problems; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("exercise", nargs="?", default="ex", help="such as ex05 (default: all)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the checks' random numbers")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    explained = {
        key: reason
        for key, reason in read_equivalents().items()
        if key.file.startswith(options.exercise)
    }
    survivors: list[Key] = []
    row = "{:28} {:>8} {:>8} {:>11} {:>12}".format
    print(row("file", "mutants", "caught", "equivalent", "unexplained"))
    count = 0
    for path in sorted(SOLUTIONS.glob(f"{options.exercise}*.py")):
        if path.name in PROVIDED:
            continue
        survived, total = [], 0
        for mutant in mutants_of(path):
            total += 1
            if caught_by(mutant.key.file, mutant.text, options.seed) is None:
                survived.append(mutant.key)
        survivors += survived
        count += total
        equal = sum(key in explained for key in survived)
        left = len(survived) - equal
        print(row(path.name, total, total - len(survived), equal, left), flush=True)
    equal = sum(key in explained for key in survivors)
    print(row("all", count, count - len(survivors), equal, len(survivors) - equal))
    return _report_problems(survivors, explained)


def _report_problems(survivors: list[Key], explained: dict[Key, str]) -> int:
    """Print the problems; return the exit status."""
    lines = [
        f"earns full marks, but is not in the list: {_text(key)}"
        for key in survivors
        if key not in explained
    ]
    lines += [
        f"is in the list, but does not earn full marks: {_text(key)}"
        for key in explained
        if key not in survivors
    ]
    print("\n".join(lines) or "The list is complete and correct.")
    return 1 if lines else 0


def _text(key: Key) -> str:
    return f"{key.file}, {key.function or 'module'}\n    - {key.before}\n    + {key.after}"


if __name__ == "__main__":
    sys.exit(main())
