"""A misconception as a file that a student could hand in: the solution, but for one function."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache
from textwrap import indent
from types import ModuleType
from typing import Any

REPLACED = """

def _mistake():
{source}

    return {name}


{target} = _mistake()
"""
"""What follows the solution: in a function, so that helpers take the place of nothing else."""


def mistaken(solution: str, title: str, function: Callable[..., Any]) -> str:
    """Return the text of a solution in which a function has been replaced.

    Parameters
    ----------
    solution : str
        The text of the exercise's file.
    title : str
        What is replaced: "Convolutional.forward", "predict", or a class, whose `__init__` is.
    function : callable
        The wrong function. Its source and that of all it uses become part of the file.
    """
    found: dict[str, str] = {}
    _gather(sys.modules[function.__module__], function.__name__, found, {})
    classes = [n.name for n in ast.parse(solution).body if isinstance(n, ast.ClassDef)]
    return solution + REPLACED.format(
        source=indent("\n\n".join(found.values()), "    "),
        name=function.__name__,
        target=f"{title}.__init__" if title in classes else title,
    )


def _gather(module: ModuleType, name: str, found: dict[str, str], seen: dict[str, str]) -> None:
    """Add the source of what a module calls by a name, after the source of all that it uses."""
    text, definitions = _read(module)
    node = definitions.get(name)
    if node is None:  # a local variable or one of Python's own names
        return
    if isinstance(node, ast.ImportFrom) and _is_of_the_kit(node, module):
        _gather(importlib.import_module(node.module or ""), name, found, seen)
        return
    source = ast.get_source_segment(text, node) or ast.unparse(node)
    if name in seen:
        assert seen[name] == source, f"two modules mean different things by {name}"
        return
    seen[name] = source
    for used in _names_in(node):
        _gather(module, used, found, seen)
    found[name] = source


@cache
def _read(module: ModuleType) -> tuple[str, dict[str, ast.stmt]]:
    """Return a module's text, and the statement that each of its names comes from.

    A statement that imports many names is as many statements.
    """
    text = inspect.getsource(module)
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign):
            found |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.Import):
            found |= {name.asname or name.name: ast.Import([name]) for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {
                name.asname or name.name: ast.ImportFrom(node.module, [name], node.level)
                for name in node.names
            }
    return text, found


def _is_of_the_kit(node: ast.ImportFrom, module: ModuleType) -> bool:
    """Whether an import is from the package that the module is in, which students do not have."""
    return (node.module or "").partition(".")[0] == module.__name__.partition(".")[0]


def _names_in(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement uses, but for those in a function's decorators."""
    parts: list[ast.AST] = [node]
    if isinstance(node, ast.FunctionDef):
        parts = [node.args, *node.body, *([node.returns] if node.returns else [])]
    for part in parts:
        for inner in ast.walk(part):
            if isinstance(inner, ast.Name):
                yield inner.id
