"""Grade from a notebook: its marked cells call `grade`, here and wherever else it runs.

Importing this lets the notebooks of a folder import each other as if they were modules.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, TextIO

from IPython.display import Image, display

from datasets import Dataset, load_mnist_or_digits
from grader.checking.parts import Part, all_parts
from grader.part_grading import grade_part
from grader.results import PartResult
from grader.runtime.backend import Backend, Handle
from grader.runtime.errors import ImportFailed
from grader.runtime.local_backend import LocalBackend
from grader.runtime.notebook_module import run_cells
from grader.runtime.process_state import preserved_process_state, seed_generators
from grader.submissions.notebook_to_module import Cell, is_marked, module_text
from grader.views.difference_picture import png
from grader.views.part_text import part_report

SEED = 0
"""The numbers that `pytest grader` draws."""


def grade(part: str) -> float:
    """Grade a part with what this notebook has defined; print the report and return the marks.

    Parameters
    ----------
    part : str
        Such as "ex02/backward".
    """
    found = [known for known in all_parts() if known.id == part]
    if not found:
        raise ValueError(f"there is no part {part!r} in this course")
    result, difference = grade_part(found[0], _OpenNotebook(found[0]), SEED, _digits)
    print(_in_cells(part_report(result)), end="", file=_stream(result))
    if _shell() and (picture := png(difference)):
        display(Image(picture))
    return float(result["score"])


def _stream(result: PartResult) -> TextIO:
    """Return where the report goes: of a cell, `nbgrader validate` shows what is an error."""
    validating = os.environ.get("NBGRADER_VALIDATING") == "1"
    return sys.stderr if validating and result["score"] < result["max_score"] else sys.stdout


@cache
def _digits() -> Dataset:
    return load_mnist_or_digits(download=False)


class _OpenNotebook:
    """What the notebook has defined so far; it looks like a `LocalSubmission`.

    Parameters
    ----------
    part : Part
        What is graded: its exercise is this notebook, the others lie beside it.
    """

    def __init__(self, part: Part) -> None:
        self.backend: Backend = LocalBackend()
        self.folder = Path(_compiled_in())
        self._part = part

    def path(self, exercise: str) -> Path:
        """Return where the exercise's file would be, if it were one."""
        return self.folder / f"{exercise}.py"

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
        """Return the packages that a function of the notebook leads to, by names that lead to names."""
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
        """Return the exercise that a file belongs to: a cell belongs to this notebook."""
        other = Path(file).stem
        return other if Path(f"{other}.ipynb").exists() else self._part.exercise

    @contextmanager
    def running(self, exercise: str, seed: int, without: tuple[str, ...]) -> Iterator[None]:  # noqa: ARG002
        """Be ready for one check."""
        with preserved_process_state():
            seed_generators(seed)
            yield

    def stop(self) -> None:
        """Do nothing: there is no other process."""


OURS = {"__main__", "builtins", "grader", "datasets", "layer", "IPython", "importlib"}
"""Where things in a notebook come from that nobody has imported for an exercise."""


def _names_in(code: CodeType) -> list[str]:
    """Return the names that a function's code uses, with those of the functions inside it."""
    inner = [_names_in(part) for part in code.co_consts if isinstance(part, CodeType)]
    return sum(inner, list(code.co_names))


def _home(value: Any) -> str:
    """Return the module that a value is, or comes from."""
    home = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
    return home if isinstance(home, str) else ""


class _Notebooks(MetaPathFinder):
    """Finds a module `ex01_correlate` in `ex01_correlate.ipynb`, if there is no .py of that name."""

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,  # noqa: ARG002 (the import system's own signature)
    ) -> ModuleSpec | None:
        file = Path(f"{name}.ipynb")
        if path is not None or not file.is_file():
            return None
        return spec_from_loader(name, self, origin=str(file.resolve()))  # type: ignore[arg-type]

    def create_module(self, _spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        file = module.__spec__.origin
        assert file is not None
        document = json.loads(Path(file).read_text("utf-8"))
        sources = ["".join(c["source"]) for c in document["cells"] if c["cell_type"] == "code"]
        # What grades is not part of what is graded.
        cells = [Cell(n, text) for n, text in enumerate(sources, 1) if not is_marked(text)]
        run_cells(module_text(cells), file, vars(module))


if not any(isinstance(finder, _Notebooks) for finder in sys.meta_path):
    sys.meta_path.append(_Notebooks())


def _shell() -> Any:
    """Return the notebook's shell, or None outside of one."""
    return getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()


def _compiled_in() -> str:
    """Return the folder that the code of cells seems to lie in."""
    names = getattr(getattr(_shell(), "compile", None), "_filename_map", {})
    return str(Path(next(iter(names), "nowhere/x")).parent)


def _in_cells(text: str) -> str:
    """Return a report in which places are cells."""
    names = getattr(getattr(_shell(), "compile", None), "_filename_map", {})
    for file, number in names.items():
        text = text.replace(f"{Path(file).name}, line", f"cell {number}, line")
    return text
