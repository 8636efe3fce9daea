"""Define an attack, and collect all of them."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from inspect import getdoc, getmembers, isfunction
from pathlib import Path
from typing import NamedTuple

from grader.checking.course import all_parts

HERE = Path(__file__).resolve().parent
SOLUTIONS = HERE.parents[1] / "solutions"
BEFORE, AFTER = "ex06", "ex07"
"""Solved exercises that are graded before and after the attacked one."""
KINDS = ("forging", "reading", "breaking")


class Attack(NamedTuple):
    """A submission that tries to cheat or to do harm.

    Attributes
    ----------
    name : str
    tries : str
        What it tries, in one sentence.
    due : mapping of str to int
        The marks that each part of the attacked exercise deserves; the other exercises are right.
    limits : tuple of str
        Smaller limits than usual, so that it ends sooner.
    whole : bool
        Whether it is graded on the command line, in a separate process.
    arrange : callable
        Turns a folder with solutions into the attack.
    """

    name: str
    tries: str
    due: Mapping[str, int]
    limits: tuple[str, ...]
    whole: bool
    arrange: Callable[[Path], None]

    @property
    def exercises(self) -> list[str]:
        """The exercises that are graded, in their order; the attacked one is the second."""
        attacked = dict.fromkeys(part.partition("/")[0] for part in self.due)
        return [BEFORE, *attacked, AFTER]

    def write(self, folder: Path) -> None:
        """Write the submission."""
        for exercise in self.exercises:
            shutil.copy(solution(exercise), folder)
        shutil.copy(SOLUTIONS / "layer.py", folder)
        self.arrange(folder)


def solution(exercise: str) -> Path:
    """Return the solution of an exercise."""
    (path,) = SOLUTIONS.glob(f"{exercise}_*.py")
    return path


@cache
def corpus() -> tuple[Attack, ...]:
    """Return every attack."""
    from tests.attacks import folders

    paths = [path for kind in KINDS for path in sorted((HERE / kind).glob("*.py"))]
    functions = [
        f for name, f in getmembers(folders, isfunction) if f.__module__ == folders.__name__
    ]
    arranged = [f for f in functions if not f.__name__.startswith("_")]
    return (*map(_of_file, paths), *map(_of_function, arranged))


def _of_file(path: Path) -> Attack:
    """Return the attack in a file, which replaces the file of an exercise."""
    doc = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    exercise = next(iter(_due(doc))).partition("/")[0]

    def arrange(folder: Path) -> None:
        shutil.copy(path, folder / solution(exercise).name)

    return _attack(f"{path.parent.name}/{path.stem}", doc, arrange)


def _of_function(function: Callable[[Path], None]) -> Attack:
    return _attack(f"folders/{function.__name__}", getdoc(function) or "", function)


def _attack(name: str, doc: str, arrange: Callable[[Path], None]) -> Attack:
    """Return an attack as its docstring describes it.

    The first line says what the attack tries. `Deserves: ex03/forward 1, ex03/backward 2` gives the
    marks that are due. `Limits: memory=800` and `Graded by: the command line` are optional.
    """
    limits = re.search(r"^Limits: (.*)$", doc, re.MULTILINE)
    return Attack(
        name=name,
        tries=doc.partition("\n")[0],
        due=_due(doc),
        limits=tuple(limits[1].split()) if limits else (),
        whole="Graded by: the command line" in doc,
        arrange=arrange,
    )


def _due(doc: str) -> dict[str, int]:
    line = re.search(r"^Deserves: (.*)$", doc, re.MULTILINE)
    assert line, f"it does not say what it deserves: {doc}"
    due = {part: int(marks) for part, marks in (word.split() for word in line[1].split(", "))}
    exercises = {part.partition("/")[0] for part in due}
    assert set(due) == {part.id for part in all_parts() if part.id.partition("/")[0] in exercises}
    return due
