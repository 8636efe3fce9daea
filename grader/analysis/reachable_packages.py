"""Find the packages that a function can reach, by following names through its file."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from grader.analysis.read_source import (
    imported_packages,
    is_docstring,
    is_script,
    packages_in,
    statements,
)

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
REACH_ALL_NAMES = {"globals", "locals", "vars"}
"""Functions that reach every name in the file."""


def packages_reached(path: Path, function: str, apart_from: Collection[str]) -> set[str]:
    """Return the packages that a function's code can reach, besides the standard library.

    In doubt, code counts as reached: any statement that is not a plain definition, import or
    assignment, a star import, and everything in a neighbouring file.

    Parameters
    ----------
    path : Path
        The file.
    function : str
        The function's name.
    apart_from : collection of str
        Functions of the file that are not followed, because they are graded on their own.
    """
    body = [node for node in statements(path) or [] if not is_script(node)]
    if not any(function in _bound(node) for node in body):
        return imported_packages(path)
    reached = [node for node in body if not _bound(node) and not is_docstring(node)]
    todo, seen = [function, *_names(reached)], set(apart_from)
    while todo:
        name = todo.pop()
        if name in REACH_ALL_NAMES:
            return imported_packages(path)
        if name not in seen:
            seen.add(name)
            found = [node for node in body if name in _bound(node)]
            reached += found
            todo += _names(found)
    return packages_in(path, [_only(node, seen) for node in reached])


def _bound(node: ast.stmt) -> set[str]:
    """Return the names that a plain statement defines; empty for any other statement."""
    if isinstance(node, DEFINITIONS):
        return {node.name}
    if isinstance(node, IMPORTS):
        names = {_bound_by(alias) for alias in node.names}
        return set() if "*" in names else names
    if isinstance(node, ASSIGNMENTS):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return set(_names(targets))
    return set()


def _bound_by(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield every name in some code."""
    for outer in nodes:
        yield from (node.id for node in ast.walk(outer) if isinstance(node, ast.Name))


def _only(node: ast.stmt, names: Collection[str]) -> ast.stmt:
    """Return a statement; from an import, leave out the unused names."""
    if not isinstance(node, IMPORTS) or not _bound(node):
        return node
    used = [alias for alias in node.names if _bound_by(alias) in names]
    if isinstance(node, ast.Import):
        return ast.Import(used)
    return ast.ImportFrom(node.module, used, node.level)
