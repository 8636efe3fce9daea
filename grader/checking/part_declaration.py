"""Declare what is graded: `@part` on a class of tests, `@marks` on each test."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

from grader.runtime.errors import GraderError
from grader.runtime.time_limit import CHECK_SECONDS

PART_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
TARGET = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)?")

Function = TypeVar("Function", bound=Callable[..., None])
Class = TypeVar("Class", bound=type)


class DeclarationError(GraderError):
    """A test file does not declare its parts correctly; the message says where and why."""


def marks(number: int, *, seconds: float = CHECK_SECONDS) -> Callable[[Function], Function]:
    """Set the marks and the time limit of a check.

    Parameters
    ----------
    number : int
        Marks for passing.
    seconds : float
        Time limit, after which the check is stopped.
    """

    def decorate(function: Function) -> Function:
        function.marks = number  # type: ignore[attr-defined]
        function.seconds = seconds  # type: ignore[attr-defined]
        return function

    return decorate


@dataclass(frozen=True)
class Declaration:
    """What `@part` says about a class of tests.

    Attributes
    ----------
    id : str
        Such as "ex02/backward".
    target : str
        What students write, such as "train" or "Convolutional.backward"; empty if there is nothing to
        write.
    stand_ins : mapping
        Correct versions that replace other parts of the same file while this one is graded, by name.
    uses : tuple of str
        Names from the same file that its checks need besides the target.
    without : tuple of str
        Packages that are not available while the part is graded, because they contain its solution.
    random : bool
        Whether answers depend on random numbers that the student's code draws itself.
    """

    id: str
    target: str = ""
    stand_ins: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    random: bool = False


def part(
    id: str,
    *,
    target: str = "",
    stand_ins: Mapping[str, Callable[..., Any]] | None = None,
    uses: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    random: bool = False,
) -> Callable[[Class], Class]:
    """Declare that a class of tests is a part of an exercise; see `Declaration`.

    The first line of the class's docstring is the part's title.

    Raises
    ------
    DeclarationError
        If the id or the target is malformed.
    """
    if not PART_ID.fullmatch(id):
        raise DeclarationError(f'{id!r} is not the id of a part, such as "ex02/backward"')
    if target and not TARGET.fullmatch(target):
        raise DeclarationError(f'{id}: {target!r} is not a target, such as "Dense.forward"')
    declaration = Declaration(
        id, target, MappingProxyType(dict(stand_ins or {})), tuple(uses), tuple(without), random
    )

    def decorate(cls: Class) -> Class:
        cls.declaration = declaration  # type: ignore[attr-defined]
        return cls

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
        What must hold, in one sentence: the first line of its docstring.
    marks : int
    seconds : float
        Its time limit.
    method : callable
        Its parameters are named after attributes of `CheckContext`.
    """

    part: str
    name: str
    title: str
    marks: int
    seconds: float
    method: Callable[..., None]

    @property
    def id(self) -> str:
        """The part's id and the check's name, such as "ex02/backward/input_gradient"."""
        return f"{self.part}/{self.name}"


@dataclass(frozen=True)
class Part:
    """One graded function, method or class of the student's, with its checks.

    Attributes
    ----------
    declaration : Declaration
    title : str
        What is graded, in words.
    exercise : str
        The file name without its extension, such as "ex02_convolutional".
    checks : tuple of Check
    """

    declaration: Declaration
    title: str
    exercise: str
    checks: tuple[Check, ...]

    @property
    def id(self) -> str:
        """The id of the part, such as "ex02/backward"."""
        return self.declaration.id

    @property
    def target(self) -> str:
        """What students write, such as "Convolutional.backward"; empty if there is nothing."""
        return self.declaration.target

    @property
    def marks(self) -> int:
        """The sum of the marks of its checks."""
        return sum(check.marks for check in self.checks)


def parts_of(module: ModuleType) -> Iterator[Part]:
    """Yield the parts that a test module declares, in the order of the file."""
    for name, value in vars(module).items():
        if name.startswith("Test") and inspect.isclass(value):
            yield part_of(value)


def part_of(cls: type) -> Part:
    """Return the part that a class of tests declares.

    Raises
    ------
    DeclarationError
        If something is missing, or the class contains something other than tests.
    """
    where = f"{cls.__module__.rpartition('.')[2]}.{cls.__name__}"
    own = vars(cls)
    declaration = own.get("declaration")
    if not isinstance(declaration, Declaration):
        raise DeclarationError(f"{where} has no @part")
    exercise = cls.__module__.rpartition(".")[2].removeprefix("test_")
    prefix = declaration.id.partition("/")[0]
    if prefix not in (exercise, exercise.partition("_")[0]):
        raise DeclarationError(f"{where}: the id {declaration.id!r} belongs to another exercise")
    if unknown := [name for name in own if not _belongs_to_a_part(name)]:
        raise DeclarationError(f"{where}: {unknown[0]} is not a test; settings belong in @part")
    tests = {name: test for name, test in own.items() if name.startswith("test_")}
    if not tests:
        raise DeclarationError(f"{where} has no tests")
    instance = cls()
    checks = tuple(
        _check(where, declaration.id, name, test, instance) for name, test in tests.items()
    )
    return Part(declaration, _first_line(cls) or declaration.id, exercise, checks)


def check_of(cls: type, method: str) -> tuple[Part, Check]:
    """Return the part that a class of tests declares, and the check of one of its methods."""
    part = part_of(cls)
    name = method.removeprefix("test_")
    return part, next(check for check in part.checks if check.name == name)


def _belongs_to_a_part(name: str) -> bool:
    return name.startswith(("test_", "__")) or name in ("declaration", "pytestmark")


def _check(where: str, part: str, name: str, test: Any, instance: object) -> Check:
    if not hasattr(test, "marks"):
        raise DeclarationError(f"{where}.{name} has no @marks")
    title = _first_line(test) or name
    return Check(
        part, name.removeprefix("test_"), title, test.marks, test.seconds, getattr(instance, name)
    )


def _first_line(documented: object) -> str:
    """Return the first line of a docstring, without its full stop."""
    return (inspect.getdoc(documented) or "").partition("\n")[0].rstrip(".")
