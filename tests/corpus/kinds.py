"""Where the submissions come from. Nothing else in this package imports the kit's own modules."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from grader.checking.course import all_parts
from grader.misconceptions import Misconception, all_misconceptions
from tests.attacks.attack import corpus as all_attacks
from tests.corpus.manifest import Submission
from tests.corpus.mistaken import mistaken
from tests.grader.edits import Edit
from tests.grader.test_published_mistakes import MISTAKES as PUBLISHED
from tests.grader.test_subtle_mistakes import MISTAKES as SUBTLE

ROOT = Path(__file__).resolve().parents[2]
SOLUTIONS = ROOT / "solutions"
ATTACKS_LEFT_OUT = {
    "breaking/network": "needs a server, whose port it reads from a file",
    "folders/a_line_of_a_link": "needs a gradebook that its link points to",
    "folders/devices": "is pipes, sockets and devices",
    "folders/links": "needs files outside of it that its links point to",
}
"""Attacks that a folder of files cannot hold, and why."""

Arrange = Callable[[Path], object]
"""Fills the folder of a submission, which is there and empty."""


def everything() -> Iterator[tuple[Submission, Arrange]]:
    """Yield every submission, kind by kind, with what writes it."""
    whole = tuple(dict.fromkeys(map(_exercise, (part.id for part in all_parts()))))
    exercises = tuple(exercise for exercise in whole if exercise.startswith("ex"))
    yield Submission("solutions", "solutions", whole), partial(_copy, SOLUTIONS)
    yield Submission("stubs", "exercises", whole), partial(_copy, ROOT / "exercises")
    for path in sorted((ROOT / "tests" / "alternatives").glob("*/ex01_correlate.py")):
        name = path.parent.name
        yield Submission("alternatives", name, exercises), partial(_copy, path.parent)
    yield from _misconceptions(all_misconceptions())
    yield from _edits("published", PUBLISHED)
    yield from _edits("subtle", SUBTLE)
    yield from _attacks()


def _misconceptions(known: Iterable[Misconception]) -> Iterator[tuple[Submission, Arrange]]:
    for one in known:
        name = _name(f"{one.part} {one.name}{'' if one.main else f' {one.function.__name__}'}")
        submission = Submission("misconceptions", name, (_exercise(one.part),))
        yield submission, partial(_mistake, one)


def _edits(kind: str, edits: Iterable[Edit]) -> Iterator[tuple[Submission, Arrange]]:
    for edit in edits:
        name = _name(f"{edit.part} {edit.name}")
        yield Submission(kind, name, (_exercise(edit.part),)), partial(_edited, edit)


def _attacks() -> Iterator[tuple[Submission, Arrange]]:
    for attack in all_attacks():
        if attack.name not in ATTACKS_LEFT_OUT:
            exercises = tuple(attack.exercises)
            submission = Submission(
                "attacks", _name(attack.name), exercises, sandbox=True, limits=attack.limits
            )
            yield submission, attack.write


def _copy(source: Path, folder: Path) -> None:
    """Copy a folder, but not what running or building it has left there."""
    ignored = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(source, folder, dirs_exist_ok=True, ignore=ignored)


def _mistake(known: Misconception, folder: Path) -> None:
    """Write the reference with a misconception in it."""
    _copy(SOLUTIONS, folder)
    path = _file(folder, known.part)
    target = next(part.target for part in all_parts() if part.id == known.part)
    path.write_text(mistaken(path.read_text("utf-8"), target, known.function), "utf-8")


def _edited(edit: Edit, folder: Path) -> None:
    """Write the reference with an edit made in it."""
    _copy(SOLUTIONS, folder)
    path = _file(folder, edit.part)
    text = path.read_text("utf-8")
    assert edit.old in text, edit
    path.write_text(text.replace(edit.old, edit.new), "utf-8")


def _file(folder: Path, part: str) -> Path:
    (path,) = folder.glob(f"{_exercise(part)}_*.py")
    return path


def _exercise(part: str) -> str:
    return part.partition("/")[0]


def _name(text: str) -> str:
    """Return a text as the name of a folder."""
    return re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-")
