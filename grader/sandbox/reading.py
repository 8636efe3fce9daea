"""What can be learned of the student's files by reading them, without running anything."""

from __future__ import annotations

import ast
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

LARGEST_FILE = 1_000_000
"""Bytes of an exercise file that is read; it has some thousands."""


def definition_line(path: Path, function: str) -> int | None:
    """Return the line of a function or method in a file.

    Parameters
    ----------
    path : Path
    function : str
        Such as "train" or "Convolutional.backward". Where the class does not have the method (it may
        inherit it), the line of the class counts.
    """
    line, body = None, _statements(path)
    for name in function.split("."):
        for node in body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
                line, body = node.lineno, node.body
                break
    return line


def enclosing_definition(path: Path, line: int) -> str:
    """Return the name of what a line of a file belongs to, such as "Dense.forward" or "Sigmoid".

    A constructor goes by the name of its class. Empty where the line is in no definition.
    """
    names: list[str] = []
    body = _statements(path)
    while body:
        inside = [node for node in body if node.lineno <= line <= (node.end_lineno or 0)]
        body = []
        if inside and isinstance(inside[0], ast.ClassDef | ast.FunctionDef):
            names.append(inside[0].name)
            body = inside[0].body
    return ".".join(name for name in names[:2] if name != "__init__")


def imported_packages(path: Path) -> set[str]:
    """Return the names of the packages that a file imports, and those its own neighbours import.

    The standard library does not count, but for `importlib`, which can import anything; nor does what
    only runs when the file runs as a script.
    """
    found: set[str] = set()
    files, seen = [path], {path}
    while files:
        for name in _imports(_statements(files.pop())):
            neighbour = path.with_name(f"{name}.py")
            if neighbour in seen:
                continue
            if neighbour.is_file():
                seen.add(neighbour)
                files.append(neighbour)
            elif name not in sys.stdlib_module_names or name == "importlib":
                found.add(name)  # importlib, and sys.modules, reach everything
    return found


def source_line(path: Path, number: int) -> str:
    """Return one line of a file, without its indentation; empty if there is none."""
    lines = _content(path).decode("utf-8", "replace").splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def _statements(path: Path) -> list[ast.stmt]:
    try:
        return ast.parse(_content(path)).body  # bytes, since a file may declare its encoding
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return []


def _content(path: Path) -> bytes:
    """Return what is in a file, if it is one that somebody may have written as an exercise.

    The file is not trusted: a pipe would never end, and neither would a device.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError):
        return b""
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return b""
        content = file.read(LARGEST_FILE + 1)
    return content if len(content) <= LARGEST_FILE else b""


def _imports(statements: list[ast.stmt]) -> Iterator[str]:
    """Yield the top-level names in all import statements, wherever in the code they are."""
    for node in (
        inner for outer in statements if not _is_script(outer) for inner in ast.walk(outer)
    ):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Name) and node.id in ("__import__", "exec", "eval"):
            yield "importlib"
        elif isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.modules":
            yield "sys.modules"


def _is_script(node: ast.stmt) -> bool:
    """Tell whether a statement is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"
