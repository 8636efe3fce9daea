"""`grader hint`: help a student who is stuck."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import Any


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "hint", help="stuck? get the next of three hints for the first part that is wrong"
    )
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="an exercise (ex02) or a part (ex02/backward), even if it is right (default: all)",
    )
    parser.add_argument(
        "--submission",
        metavar="DIR",
        type=Path,
        help="the folder with your exercise files (default: exercises)",
    )
    parser.add_argument(
        "--reset", action="store_true", help="start again from the first hint (prints no hint)"
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Print a hint; return the exit status."""
    from grader.hints.give_hint import HintError, forget_hints, give_hint
    from grader.views.terminal import replace_unknown_signs, usual_submission

    replace_unknown_signs(sys.stdout)
    folder = options.submission or usual_submission()
    try:
        if options.reset:
            print(forget_hints(options.name, folder))
        else:
            width = shutil.get_terminal_size().columns
            print(give_hint(options.name, folder, width))
    except HintError as error:
        print(error, file=sys.stderr)
        return 2
    return 0
