"""Block packages that an exercise must not use: importing one is harmless, calling it is an error."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType
from typing import Any, NoReturn


def block_imports(packages: Collection[str]) -> None:
    """Make every import of some packages, in this process, return an unusable module."""
    if packages:
        sys.meta_path.insert(0, _BlockedImports(packages))


class _BlockedImports(MetaPathFinder):
    def __init__(self, packages: Collection[str]) -> None:
        self._packages = packages

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 (the import system's own signature)
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if name.partition(".")[0] not in self._packages:
            return None
        return spec_from_loader(name, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _UnusableModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: the module is empty."""


class _UnusableModule(ModuleType):
    """A module, or an attribute of one, that has every attribute and raises an error when called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _UnusableModule(f"{self.__name__}.{name}")

    def __call__(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ImportError(f"{self.__name__} is not available here: write this with NumPy")
