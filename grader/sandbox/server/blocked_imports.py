"""Stand for packages that a part does without: to import them is no harm, to use them does not work."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType
from typing import Any, NoReturn


def block_imports(packages: Collection[str]) -> None:
    """Have every import of some packages, in this process, give what cannot be used."""
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
        return _Nothing(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: there is nothing in it."""


class _Nothing(ModuleType):
    """A module, or what is taken from one, that has all names and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing(f"{self.__name__}.{name}")

    def __call__(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ImportError(
            f"{self.__name__} is not to be had here: this is to be written with NumPy"
        )
