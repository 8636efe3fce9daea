"""Grade the same class with stock nbgrader and with this kit, on one core; compare time and marks.

    python -m benchmarks.stock_nbgrader times [--class N] [--rounds N]
    python -m benchmarks.stock_nbgrader marks

Stock nbgrader starts a kernel for each notebook and runs the same marked cells in it. `times` grades a
class of each kind with one command, alternately, and prints the median time per submission. `marks`
grades the submissions of `tests/nbgrader_stage/handed_in.py`, one by one, and prints the marks that
were given but not earned, and those that were earned but not given.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.authoring.nbgrader_source import course_files
from grader.checking.course import all_parts
from tests.nbgrader_stage.gradebook import marks_in
from tests.nbgrader_stage.handed_in import ALL, LATE, Due, Handed, edit, replace

ROOT = Path(__file__).resolve().parents[1]
MARKS = {part.id: part.marks for part in all_parts()}
STOCK_SETTINGS = """\
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "cnn"
c.ClearSolutions.code_stub = {{"python": "raise NotImplementedError"}}
"""
HALF = Due(("ex01", "ex02", "ex03", "ex04", "ex05"))


class Grader(NamedTuple):
    """One way of grading: where nbgrader's command runs, and where its course is."""

    name: str
    cwd: Path
    course: Path

    def run(self, *words: str) -> float:
        """Run a command of nbgrader on one core, and return how long it took in seconds."""
        start = time.perf_counter()
        subprocess.run(
            ["nbgrader", *words],
            cwd=self.cwd,
            env={**os.environ, "GRADER_COURSE": str(self.course), "GRADER_SEED": "0"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,  # the status is also 1 if a submission needs a look
            preexec_fn=_on_one_core,
        )
        return time.perf_counter() - start


def _on_one_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def courses(folder: Path) -> tuple[Handed, Grader, Grader]:
    """Make a course, release it, and return it with the two ways of grading it."""
    course, stock = folder / "course", folder / "stock"
    for path, text in course_files(ROOT, course).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    ours = Grader("ours", ROOT, course)
    ours.run("generate_assignment", "core")
    stock.mkdir()
    settings = STOCK_SETTINGS.format(root=str(stock / "course"))
    (stock / "nbgrader_config.py").write_text(settings, "utf-8")
    return Handed(course), ours, Grader("stock", stock, stock / "course")


def copy_for_stock(ours: Grader, stock: Grader) -> None:
    """Copy our course, without what keeps nbgrader from grading it with its own settings."""
    shutil.copytree(ours.course, stock.course, symlinks=True)
    for name in ("nbgrader_config.py", "gradebook.db"):
        (stock.course / name).unlink()
    stock.run("generate_assignment", "core", "--force")


def times(size: int, rounds: int) -> None:
    """Print how long each kind of submission takes."""
    with tempfile.TemporaryDirectory() as name:
        handed, ours, stock = courses(Path(name))
        kinds: Mapping[str, Callable[[str], object]] = {
            "all solved": lambda student: handed.folder(student, ALL),
            "half solved": lambda student: handed.folder(student, HALF),
            "half solved, one mistake": lambda student: edit(
                handed.folder(student, HALF), "ex04", replace(*LATE)
            ),
            "nothing solved": lambda student: handed.folder(student, Due(())),
        }
        for number, hand_in in enumerate(kinds.values()):
            for copy in range(size):
                hand_in(f"kind{number}-{copy}")
        copy_for_stock(ours, stock)
        print(f"seconds per submission, one core, {size} in a class, medians of {rounds} rounds")
        print(f"{'':26} {'stock':>7} {'ours':>7} {'times faster':>13}")
        together = np.zeros((rounds, 2))
        for number, kind in enumerate(kinds):
            students = f"--student=kind{number}-*"
            pairs = np.array(
                [
                    [
                        grader.run("autograde", "core", students, "--force")
                        for grader in (stock, ours)
                    ]
                    for _ in range(rounds)
                ]
            )
            together += pairs / len(kinds)
            show(kind, pairs / size)
        show("a class of all four kinds", together / size)


def show(kind: str, pairs: NDArray[Any]) -> None:
    """Print a row: the median seconds of both, and the median of their ratio in each round."""
    slow, fast = np.median(pairs, axis=0)
    ratio = np.median(pairs[:, 0] / pairs[:, 1])
    print(f"{kind:26} {slow:7.1f} {fast:7.1f} {ratio:13.1f}", flush=True)


def marks() -> None:
    """Print for each submission the marks due, those given, and how many are too much or lost."""
    with tempfile.TemporaryDirectory() as name:
        handed, ours, stock = courses(Path(name))
        handed.write(thorough=False)
        copy_for_stock(ours, stock)
        heads = ("submission", "due", "stock", "too much", "lost", "ours", "too much", "lost")
        print("{:26} {:>5} {:>7} {:>9} {:>5} {:>7} {:>9} {:>5}".format(*heads))
        for student, due in handed.due.items():
            row = [f"{student:26} {sum(high for _, high in _due(due).values()):5}"]
            for grader in (stock, ours):
                grader.run("autograde", "core", f"--student={student}")
                row.append(_row(marks_in(grader.course).get(student), due))
            print(*row, flush=True)


def _due(due: Due) -> dict[str, tuple[int, int]]:
    """Return the lowest and the highest marks that each part deserves."""
    bounds = {}
    for part, most in MARKS.items():
        if due.less and part.startswith(due.less):
            bounds[part] = (0, most - 1)
        else:
            full = most if due.full and part.startswith(due.full) else 0
            bounds[part] = (full, full)
    return bounds


def _row(given: Mapping[str, float] | None, due: Due) -> str:
    if given is None:
        return f"{'none':>7} {'':>9} {'all':>5}"
    bounds = _due(due)
    more = sum(max(0, (mark or 0) - bounds[part][1]) for part, mark in given.items())
    less = sum(max(0, low - (given.get(part) or 0)) for part, (low, _) in bounds.items())
    return f"{sum(filter(None, given.values())):7.0f} {more:9.0f} {less:5.0f}"


def main() -> None:
    """Run the measurement that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("times", "marks"))
    parser.add_argument("--class", type=int, default=3, dest="size", help="submissions of a kind")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.what == "times":
        times(options.size, options.rounds)
    else:
        marks()


if __name__ == "__main__":
    main()
