"""`grader doctor`: check this machine and each exercise."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "doctor", help="show what this machine supports and what each exercise still lacks"
    )
    parser.set_defaults(command=run)


def run(_: argparse.Namespace) -> int:
    """Print the report; return 1 if something is wrong, not just missing."""
    from grader.authoring.doctor import course_report, machine_report

    wrong = False
    print("This machine")
    for line in machine_report():
        print(f"  {line}")
    print("\nThe exercises")
    for advice in course_report(ROOT):
        print(f"  {advice.exercise}: {advice.text}")
        wrong = wrong or advice.wrong
    return 1 if wrong else 0
