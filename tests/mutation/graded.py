"""Find the lines of the reference that are graded."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.authoring.exercise_stubs import BEGIN


def graded_lines(text: str) -> dict[int, str]:
    """Return, for each graded line, the name of the function that it is in.

    The graded lines are the functions that have a solution region, with their signatures, and the
    constants of the module. Functions that are given to students and code that only runs as a script
    are not graded.
    """
    regions = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == BEGIN]
    module = ast.parse(text)
    found: dict[int, str] = {}
    for node in module.body:
        if isinstance(node, ast.Assign):
            found.update(dict.fromkeys(_span(node), ""))
    for name, function, owner in _functions(module):
        within = bool(owner) and owner in found.values()
        if within or any(line in _span(function) for line in regions):
            found.update(dict.fromkeys(_span(function), name))
    return found


def _functions(node: ast.AST, owner: str = "") -> Iterator[tuple[str, ast.FunctionDef, str]]:
    """Yield every function with its name and its owner's name, outer functions before inner ones."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.ClassDef | ast.FunctionDef):
            continue
        name = f"{owner}.{child.name}" if owner else child.name
        if isinstance(child, ast.FunctionDef):
            yield name, child, owner
        yield from _functions(child, name)


def _span(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)
