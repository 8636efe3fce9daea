"""Marks sit on the checks, and a class of checks is a part of an exercise."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

GRADER = Path(__file__).resolve().parents[1]
SECONDS = 5.0
"""How long a check may take, unless it says otherwise. They take milliseconds, plain loops a second."""

Function = TypeVar("Function", bound=Callable[..., None])


def marks(number: int, *, seconds: float = SECONDS) -> Callable[[Function], Function]:
    """Say what a check is worth, and how long it may take.

    Parameters
    ----------
    number : int
        Marks for passing.
    seconds : float
        Time after which it is stopped.
    """

    def decorate(function: Function) -> Function:
        function.marks = number  # type: ignore[attr-defined]
        function.seconds = seconds  # type: ignore[attr-defined]
        return function

    return decorate


@dataclass(frozen=True)
class Check:
    """One test function.

    Attributes
    ----------
    part : str
        The part it belongs to, such as "ex02/backward".
    name : str
        The function's name without "test_".
    title : str
        What must hold, in a sentence: the first line of its docstring.
    marks : int
    seconds : float
        Its time limit.
    method : callable
        Takes the fixtures that its parameters name.
    """

    part: str
    name: str
    title: str
    marks: int
    seconds: float
    method: Callable[..., None]

    @property
    def id(self) -> str:
        """The part and the name."""
        return f"{self.part}/{self.name}"


@dataclass(frozen=True)
class Part:
    """A class of tests: what one function or method of the student's is worth.

    Attributes
    ----------
    id : str
        Such as "ex02/backward".
    title : str
        What is graded, such as "Convolutional.backward": the docstring of the class.
    exercise : str
        The file without its ending, such as "ex02_convolutional".
    checks : tuple of Check
    stand_ins : mapping
        What takes the place of other parts of the same file while this one is graded, by name.
    random : bool
        Whether answers depend on random numbers that the student's code draws itself.
    uses : tuple of str
        What of the same file its checks need besides what the title names.
    without : tuple of str
        Packages that must not be there while it is graded: they have what is to be written. A sandbox
        sees to it; elsewhere nobody has a reason to cheat.
    """

    id: str
    title: str
    exercise: str
    checks: tuple[Check, ...]
    stand_ins: Mapping[str, Callable[..., Any]]
    random: bool
    uses: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def marks(self) -> int:
        """The marks of all its checks."""
        return sum(check.marks for check in self.checks)


def part_of(cls: type) -> Part:
    """Read a test class: `TestForward` in `test_ex02_convolutional` is the part ex02/forward."""
    exercise = cls.__module__.rpartition(".")[2].removeprefix("test_")
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__.removeprefix("Test")).lower()
    id = f"{exercise.partition('_')[0]}/{name}"
    instance = cls()
    checks = tuple(
        Check(
            part=id,
            name=key.removeprefix("test_"),
            title=(inspect.getdoc(function) or key).partition("\n")[0].rstrip("."),
            marks=function.marks,
            seconds=function.seconds,
            method=getattr(instance, key),
        )
        for key, function in vars(cls).items()
        if key.startswith("test_")
    )
    title = (inspect.getdoc(cls) or name).partition("\n")[0].rstrip(".")
    settings = vars(cls)
    stand_ins = MappingProxyType(settings.get("stand_ins", {}))
    random, uses = settings.get("random", False), settings.get("uses", ())
    without = settings.get("without", ())
    return Part(id, title, exercise, checks, stand_ins, random, uses, without)


def check_of(cls: type, method: str) -> tuple[Part, Check]:
    """Return the part that a test class is, and the check that one of its methods is."""
    part = part_of(cls)
    name = method.removeprefix("test_")
    return part, next(check for check in part.checks if check.name == name)


def parts_of(module: ModuleType) -> Iterator[Part]:
    """Yield the parts of a test module in the order of its text."""
    for name, value in vars(module).items():
        if name.startswith("Test") and inspect.isclass(value):
            yield part_of(value)


@cache
def all_parts() -> tuple[Part, ...]:
    """Return every part of the course, in the order of the files' names, milestones last."""
    names = sorted(path.stem for path in GRADER.glob("test_*.py"))
    modules = [importlib.import_module(f"grader.{name}") for name in names]
    return tuple(part for module in modules for part in parts_of(module))
