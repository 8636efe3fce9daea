"""A submission in which everything is correct except for one misconception."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from grader.checking.part_declaration import Part
from grader.runtime.backend import Backend, Handle
from grader.runtime.errors import ImportFailed
from grader.runtime.importer import SubmissionImporter
from grader.runtime.local_backend import LocalBackend
from grader.runtime.process_state import preserved_process_state, seed_generators

REFERENCE = Path(__file__).with_name("reference")
SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
"""The reference for exercises without a file in `reference/`; not everybody has this folder."""


class ReferenceSubmission:
    """The correct course with one part replaced (see `Submission`).

    Parameters
    ----------
    part : Part
        The part to replace; its target says where it is ("Convolutional.forward", "predict",
        "Sigmoid").
    function : callable or None
        The replacement; None to keep everything correct.
    """

    folder = REFERENCE

    def __init__(self, part: Part, function: Callable[..., Any] | None) -> None:
        self.backend: Backend = LocalBackend()
        self._part = part
        self._function = function
        self._modules: dict[str, ModuleType] = {}

    def path(self, exercise: str) -> Path:
        """Return the path of the reference code of an exercise."""
        own = REFERENCE / f"{exercise}.py"
        return own if own.is_file() else SOLUTIONS / f"{exercise}.py"

    def load(self, exercise: str) -> Handle:
        """Return the module of an exercise.

        Raises
        ------
        ImportFailed
            If there is no reference for the exercise.
        """
        if exercise not in self._modules:
            path = self.path(exercise)
            if not path.is_file():
                raise ImportFailed(exercise, "has no reference")
            module = _new_module(path)
            if exercise == self._part.exercise and self._function is not None:
                _replace(module, self._part.target, self._function)
            self._modules[exercise] = module
        return Handle(self._modules[exercise], "module")

    def packages(self, *_: Any) -> set[str]:
        """Return no packages: the reference's imports are not the student's choice."""
        return set()

    def file_name(self, exercise: str) -> str:
        """Return the name of an exercise's file."""
        return self.path(exercise).name

    def exercise_of(self, file: str) -> str:
        """Return the exercise that a file belongs to."""
        return Path(file).stem

    @contextmanager
    def running(self, exercise: str, seed: int, without: tuple[str, ...]) -> Iterator[None]:  # noqa: ARG002
        """Set up the process for one check, and restore its state afterwards."""
        with preserved_process_state():
            seed_generators(seed)
            yield

    def stop(self) -> None:
        """Do nothing: there is no other process."""


def _replace(module: ModuleType, target: str, function: Callable[..., Any]) -> None:
    """Replace a target with a function; if the target is a class, replace its constructor."""
    owner, _, name = target.rpartition(".")
    holder = getattr(module, owner) if owner else module
    if isinstance(getattr(holder, name), type):
        holder, name = getattr(holder, name), "__init__"
    setattr(holder, name, function)


def _new_module(path: Path) -> ModuleType:
    """Return a new module, so that a replacement in it affects nobody else."""
    module = ModuleType(path.stem)
    module.__file__ = str(path)
    # A file in solutions/ imports its neighbours, one in reference/ does not, and this costs time.
    neighbours = nullcontext() if path.parent == REFERENCE else _importer(path.parent).active()
    with neighbours:
        exec(_code(path), vars(module))
    return module


@cache
def _importer(folder: Path) -> SubmissionImporter:
    return SubmissionImporter(folder)


@cache
def _code(path: Path) -> CodeType:
    return compile(path.read_text("utf-8"), str(path), "exec")
