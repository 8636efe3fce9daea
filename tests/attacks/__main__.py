"""`python -m tests.attacks`: grade every attack, and print the outcome.

Fails if any attack achieved anything.
"""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table

from tests.attacks.attack import corpus
from tests.attacks.running import judge


def main() -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", help="parts of the names of attacks to grade (default: all)"
    )
    options = parser.parse_args()
    attacks = [a for a in corpus() if not options.names or any(n in a.name for n in options.names)]
    table = Table("attack", "what it tries", "survived", "marks", box=None, pad_edge=False)
    faults, marks, due = [], 0, 0
    for attack in attacks:
        verdict = judge(attack)
        survived = "no" if verdict.faults else "yes"
        table.add_row(attack.name, attack.tries, survived, f"{verdict.marks} of {verdict.due} due")
        print(
            f"{attack.name}: {'; '.join(verdict.faults) or 'survived'}", file=sys.stderr, flush=True
        )
        faults += verdict.faults
        marks, due = marks + verdict.marks, due + verdict.due
    console = Console(width=120) if not sys.stdout.isatty() else Console()
    console.print(table, markup=False)
    print(f"{len(attacks)} attacks, {marks} of {due} marks due.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
