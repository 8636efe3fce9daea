"""The open notebook as a submission: what its cells have defined so far."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from grader.checking.part_declaration import Part
from grader.notebook.shell import cell_files
from grader.runtime.backend import Backend, Handle
from grader.runtime.errors import ImportFailed
from grader.runtime.local_backend import LocalBackend
from grader.runtime.process_state import preserved_process_state, seed_generators
from grader.runtime.provided_files import PROVIDED_MODULES

OURS = {"__main__", "builtins", "grader", "datasets", "IPython", "importlib", *PROVIDED_MODULES}
"""Packages of which a notebook has names without the student importing them for an exercise."""


class OpenNotebook:
    """What the notebook has defined so far; it has the same methods as a `LocalSubmission`.

    Parameters
    ----------
    part : Part
        The part to grade. Its exercise is this notebook; other exercises are in the same folder.
    """

    def __init__(self, part: Part) -> None:
        self.backend: Backend = LocalBackend()
        self.folder = Path(next(iter(cell_files()), "nowhere/x")).parent
        self._part = part

    def path(self, exercise: str) -> Path:
        """Return the path that the exercise would have as a file."""
        return self.folder / f"{exercise}.py"

    def file_name(self, exercise: str) -> str:
        """Return what the student calls an exercise's notebook."""
        return "this notebook" if exercise == self._part.exercise else f"{exercise}.ipynb"

    def load(self, exercise: str) -> Handle:
        """Return this notebook, or import another one."""
        if exercise == self._part.exercise:
            return Handle(sys.modules["__main__"], "module")
        try:
            return Handle(__import__(exercise), "module")
        except ModuleNotFoundError as error:
            if error.name == exercise:
                raise ImportFailed(exercise, "is missing") from None
            raise ImportFailed(exercise, "cannot be imported") from error
        except Exception as error:
            raise ImportFailed(exercise, "cannot be imported") from error

    def packages(self, _: str, function: str, apart_from: Collection[str]) -> set[str]:
        """Return the packages that a function of the notebook uses, directly or through others."""
        defined = vars(sys.modules["__main__"])
        todo, seen, homes = [function], set(apart_from), set()
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                value = defined.get(name)
                homes.add(_home(value) if name in defined else name)
                code = getattr(value, "__code__", None)
                todo += _names_in(code) if isinstance(code, CodeType) else []
        return {home.partition(".")[0] for home in homes} - OURS

    def exercise_of(self, file: str) -> str:
        """Return the exercise that a file belongs to; a cell belongs to this notebook."""
        other = Path(file).stem
        return other if Path(f"{other}.ipynb").exists() else self._part.exercise

    @contextmanager
    def running(self, exercise: str, seed: int, without: tuple[str, ...]) -> Iterator[None]:  # noqa: ARG002
        """Prepare the process for one check."""
        with preserved_process_state():
            seed_generators(seed)
            yield

    def stop(self) -> None:
        """Do nothing: there is no other process."""


def _names_in(code: CodeType) -> list[str]:
    """Return the names that a function's code uses, including those of functions inside it."""
    inner = [_names_in(part) for part in code.co_consts if isinstance(part, CodeType)]
    return sum(inner, list(code.co_names))


def _home(value: Any) -> str:
    """Return the name of a module, or of the module that a value comes from."""
    home = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
    return home if isinstance(home, str) else ""
