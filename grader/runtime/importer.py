"""Import the modules of one submission without touching those of another.

Exercise files import each other flat (`from layer import Layer`), so the modules of two submissions
have the same names. Each `SubmissionImporter` keeps its own modules, and puts them into `sys.modules`
only while its code runs.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

from grader.runtime.provided_files import PROVIDED_FOLDER, PROVIDED_MODULES
from grader.runtime.run_notebook_cells import run_cells, was_notebook

NEVER_SHADOWED = frozenset(sys.stdlib_module_names) | {
    "datasets",
    "grader",
    "matplotlib",
    "numpy",
    "pytest",
    "scipy",
}
"""Names that a submission's file never takes over: a `random.py` would break NumPy for everyone."""


class _FromSource(SourceFileLoader):
    """Runs the file that is read and graded, never an old compiled version of it."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code

    def exec_module(self, module: ModuleType) -> None:
        path = self.get_filename(module.__name__)
        text = self.get_data(path).decode("utf-8", "replace")
        if was_notebook(text):
            run_cells(text, path, vars(module))
        else:
            super().exec_module(module)


class SubmissionImporter:
    """The modules of one submission.

    Parameters
    ----------
    folder : Path
        Where the submission's files are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}
        self._names = (own | PROVIDED_MODULES) - NEVER_SHADOWED
        self._loaded: dict[str, ModuleType] = {}

    def load(self, name: str) -> ModuleType:
        """Import a module of the submission, and let through whatever it raises.

        Raises
        ------
        ModuleNotFoundError
            If the submission has no such file.
        """
        with self.active():
            return importlib.import_module(name)

    @contextmanager
    def active(self) -> Iterator[None]:
        """Let imports find this submission's modules, as its code expects, and no other's."""
        if self in sys.meta_path:
            yield
            return
        hidden = self._take_from_interpreter()
        sys.modules.update(self._loaded)
        sys.meta_path.insert(0, self)
        try:
            yield
        finally:
            sys.meta_path.remove(self)
            self._loaded = self._take_from_interpreter()
            sys.modules.update(hidden)

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,  # noqa: ARG002 (the import system's own signature)
    ) -> ModuleSpec | None:
        """Find the submission's modules in its folder, ahead of installed packages."""
        if path is not None or name not in self._names:
            return None
        for folder in [self.folder, *([PROVIDED_FOLDER] if name in PROVIDED_MODULES else [])]:
            path_of_file = folder / f"{name}.py"
            if path_of_file.is_file():
                loader = _FromSource(name, str(path_of_file))
                return spec_from_file_location(name, path_of_file, loader=loader)
        return PathFinder.find_spec(name, [str(self.folder)])

    def _take_from_interpreter(self) -> dict[str, ModuleType]:
        taken = [name for name in sys.modules if name.partition(".")[0] in self._names]
        return {name: sys.modules.pop(name) for name in taken}
