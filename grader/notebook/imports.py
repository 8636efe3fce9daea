"""Let the notebooks of a folder import each other like modules."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

from grader.runtime.run_notebook_cells import run_cells
from grader.submissions.notebook_to_module import Cell, is_grade_call, module_text


def allow_notebook_imports() -> None:
    """Make imports look for notebooks in the working folder, after everything else."""
    if not any(isinstance(finder, _Notebooks) for finder in sys.meta_path):
        sys.meta_path.append(_Notebooks())


class _Notebooks(MetaPathFinder):
    """Finds the module `ex01_correlate` in `ex01_correlate.ipynb` if there is no such .py file."""

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
        # Leave out the marked cells: importing a notebook must not grade it.
        cells = [Cell(n, text) for n, text in enumerate(sources, 1) if not is_grade_call(text)]
        run_cells(module_text(cells), file, vars(module))
