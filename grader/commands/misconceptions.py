"""`grader misconceptions`: prove that each known mistake is caught and named."""

from __future__ import annotations

import argparse
from typing import Any


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "misconceptions", help="prove that each known mistake is caught and named"
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="the seed for the checks' inputs"
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Print a line for each known mistake; return the exit status."""
    from grader.authoring.misconception_proof import prove
    from grader.misconceptions import all_misconceptions

    row = "{:34} {:52.52} {:>10} {:>6} {:>8} {:>4}".format
    print(row("part", "misconception", "marks lost", "named", "wrongly", "not"))
    held = 0
    for known in all_misconceptions():
        proof = prove(known, options.seed)
        held += proof.holds
        lost = f"{proof.lost}" + (f" (+{proof.elsewhere})" if proof.elsewhere else "")
        print(row(known.part, known.name, lost, proof.rightly, proof.wrongly, proof.unnamed))
    total = len(all_misconceptions())
    print(f"{held} of {total} are caught and named correctly.")
    return 0 if held == total else 1
