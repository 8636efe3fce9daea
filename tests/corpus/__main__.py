"""Prove that two checkouts of the kit grade alike: the same marks, statuses and names of mistakes.

    python -m tests.corpus write DIR
    python -m tests.corpus grade DIR --checkout CHECKOUT --out OUT.json
                                 [--python PYTHON] [--kind KIND ...]
    python -m tests.corpus compare ONE.json OTHER.json [--kind KIND ...]

`write` makes a folder of files for each submission, DIR/KIND/NAME/, and DIR/corpus.json, which says
how each is to be graded. The kinds are: solutions, stubs, alternatives (correct in other ways),
misconceptions (the solutions with one known mistake), published and subtle (with one mistake that
others make), and attacks (those that are nothing but files).

`grade` runs a checkout's own command, `pytest grader`, in a process for each submission: attacks in the
sandbox, and the milestones for solutions and stubs alone. What OUT.json already has is not graded
again, so a run that was stopped goes on where it was, unless the checkout has changed since. MNIST_DIR
says where MNIST is, as ever. Write the corpus once, and grade the same files with both checkouts:

    git worktree add ../before COMMIT
    python -m tests.corpus write /tmp/corpus
    python -m tests.corpus grade /tmp/corpus --checkout ../before --out before.json
    python -m tests.corpus grade /tmp/corpus --checkout . --out after.json
    python -m tests.corpus compare before.json after.json

`compare` prints a table by kind and a line for each difference. Its exit status is 1 if there is any.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from tests.corpus.comparing import compare
from tests.corpus.grading import Grader, grade


def main() -> int:
    """Do what the command line says; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.corpus",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write", help="write the submissions")
    writing.add_argument("folder", metavar="DIR", type=Path, help="a new folder")
    grading = commands.add_parser("grade", help="grade them with a checkout")
    grading.add_argument("folder", metavar="DIR", type=Path, help="what `write` has written")
    grading.add_argument("--checkout", type=Path, required=True, help="whose grader to run")
    grading.add_argument("--out", type=Path, required=True, help="the results, to start or go on")
    grading.add_argument("--python", default=sys.executable, help="default: the one that runs this")
    comparing = commands.add_parser("compare", help="compare two files of results")
    comparing.add_argument("one", metavar="ONE.json", type=Path)
    comparing.add_argument("other", metavar="OTHER.json", type=Path)
    for command in (grading, comparing):
        command.add_argument("--kind", nargs="+", default=[], help="only these (default: all)")
    options = parser.parse_args()

    if options.command == "compare":
        return compare(options.one, options.other, options.kind)
    if options.command == "write":
        from tests.corpus.writing import write  # imports the kit, which the other two do not need

        return write(options.folder)
    python = shutil.which(options.python)
    if python is None:
        parser.error(f"--python: {options.python} cannot be run")
    try:
        grader = Grader(options.checkout.resolve(), str(Path(python).absolute()))
        return grade(options.folder, grader, options.out, options.kind)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    sys.exit(main())
