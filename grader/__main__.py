"""`python -m grader`: hints for students, and what course authors and instructors run."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m grader", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    hint = commands.add_parser(
        "hint", help="stuck? get the next of three hints for the first part that is not right"
    )
    hint.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="an exercise (ex02), or a part (ex02/backward), whether right or not (default: all)",
    )
    hint.add_argument(
        "--submission",
        metavar="DIR",
        type=Path,
        help="the folder with your exercise files (default: exercises)",
    )
    hint.add_argument(
        "--reset", action="store_true", help="give no hint, but start again with the first ones"
    )
    hint.set_defaults(command=_hint)

    build = commands.add_parser(
        "build", help="make exercises/ and hints from solutions/, and the catalogue of mistakes"
    )
    group = build.add_mutually_exclusive_group()
    group.add_argument(
        "--check", action="store_true", help="write nothing; fail if anything is out of date"
    )
    group.add_argument(
        "--force", action="store_true", help="overwrite exercises that somebody has worked on"
    )
    build.set_defaults(command=_build)

    proof = commands.add_parser(
        "misconceptions", help="prove that each known mistake is caught and named"
    )
    proof.add_argument("--seed", type=int, default=0, metavar="N", help="draw other numbers")
    proof.set_defaults(command=_misconceptions)

    options = parser.parse_args(arguments)
    status: int = options.command(options)
    return status


def _hint(options: argparse.Namespace) -> int:
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


def _build(options: argparse.Namespace) -> int:
    # nbgrader takes a second to import, and only this command needs it.
    from grader.authoring.build import BuildError, build, check

    try:
        if options.check:
            check(ROOT)
            print("Everything is up to date.")
            return 0
        changed = build(ROOT, force=options.force)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    for path in changed:
        print(f"wrote {path.relative_to(ROOT)}")
    if not changed:
        print("Everything was up to date.")
    return 0


def _misconceptions(options: argparse.Namespace) -> int:
    from grader.misconceptions import all_misconceptions
    from grader.misconceptions.proof import prove

    print(
        f"{'part':34} {'misconception':52} {'marks lost':>10} {'named':>6} {'wrongly':>8} {'not':>4}"
    )
    held = 0
    for known in all_misconceptions():
        proof = prove(known, options.seed)
        held += proof.holds
        lost = f"{proof.lost}" + (f" (+{proof.elsewhere})" if proof.elsewhere else "")
        figures = f"{lost:>10} {proof.rightly:6} {proof.wrongly:8} {proof.unnamed:4}"
        print(f"{known.part:34} {known.name:52.52} {figures}")
    total = len(all_misconceptions())
    print(f"{held} of {total} are caught, named as themselves, and never as another.")
    return 0 if held == total else 1


if __name__ == "__main__":
    sys.exit(main())
