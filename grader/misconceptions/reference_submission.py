"""A submission in which everything is right but for one misconception."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from grader.checking.parts import Part
from grader.runtime.backend import Backend, Handle
from grader.runtime.local_backend import LocalBackend
from grader.runtime.process_state import preserved_process_state, seed_generators

RIGHT = Path(__file__).with_name("reference.py")


class ReferenceSubmission:
    """The course done right, with one part replaced; it looks like a `LocalSubmission`.

    Parameters
    ----------
    part : Part
        What to replace; its title says where it is ("Convolutional.forward", "predict", "Sigmoid").
    function : callable or None
        What to put there; None to leave everything right.
    """

    folder = RIGHT.parent

    def __init__(self, part: Part, function: Callable[..., Any] | None) -> None:
        self.backend: Backend = LocalBackend()
        self._module = _new_module()
        if function is None:
            return
        owner, _, name = part.title.rpartition(".")
        target = getattr(self._module, owner) if owner else self._module
        if isinstance(getattr(target, name), type):
            target, name = getattr(target, name), "__init__"
        setattr(target, name, function)

    def path(self, exercise: str) -> Path:  # noqa: ARG002 (every exercise is in the one module)
        """Return where the code is."""
        return RIGHT

    def load(self, exercise: str) -> Handle:  # noqa: ARG002
        """Return the module."""
        return Handle(self._module, "module")

    def packages(self, *_: Any) -> set[str]:
        """Return nothing: what the course done right imports is not the student's choice."""
        return set()

    def exercise_of(self, file: str) -> str:
        """Return the exercise that a file belongs to."""
        return Path(file).stem

    @contextmanager
    def running(self, exercise: str, seed: int, without: tuple[str, ...]) -> Iterator[None]:  # noqa: ARG002
        """Be ready for one check."""
        with preserved_process_state():
            seed_generators(seed)
            yield

    def stop(self) -> None:
        """Do nothing: there is no other process."""


def _new_module() -> ModuleType:
    """Return a module of its own, so that what is replaced in it is replaced for nobody else."""
    module = ModuleType("grader.misconceptions.reference")
    exec(_code(), vars(module))
    return module


@cache
def _code() -> CodeType:
    return compile(RIGHT.read_text("utf-8"), str(RIGHT), "exec")
