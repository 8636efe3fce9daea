"""`grader build`: write all generated files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "build", help="write exercises/, the hints, the notebooks and the catalogue of mistakes"
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--check", action="store_true", help="write nothing; fail if anything is out of date"
    )
    group.add_argument(
        "--force", action="store_true", help="overwrite exercises even if someone has edited them"
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Build or check; return the exit status."""
    # nbgrader takes a second to import, and only this command needs it.
    from grader.authoring.build import build, check
    from grader.runtime.errors import GraderError

    try:
        if options.check:
            check(ROOT)
            print("Everything is up to date.")
            return 0
        changed = build(ROOT, force=options.force)
    except GraderError as error:
        print(error, file=sys.stderr)
        return 1
    for path in changed:
        print(f"wrote {path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}")
    if not changed:
        print("Everything was up to date.")
    return 0
