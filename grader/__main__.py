"""`grader`, or `python -m grader`: hints for students, and commands for authors and instructors."""

from __future__ import annotations

import argparse
import sys

from grader.commands import build, doctor, hint, misconceptions
from grader.commands.missing_package import missing_package


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(prog="grader", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (hint, build, misconceptions, doctor):
        command.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        status: int = options.command(options)
    except ModuleNotFoundError as error:
        reason = missing_package(error)
        if not reason:
            raise
        print(reason, file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
