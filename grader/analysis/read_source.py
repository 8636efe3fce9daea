"""Find definitions and imports in the student's files by reading them, without running anything."""

from __future__ import annotations

import ast
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from grader.runtime.run_notebook_cells import cells_of, was_notebook

LARGEST_FILE = 300_000
"""Larger files, in bytes, are not read; an exercise file has a few thousand."""
UNREAD = "a file that cannot be read"
"""Stands, among a file's packages, for the imports of a file that cannot be read."""


def file_name(path: Path) -> str:
    """Return the name under which a student knows a file: a module may have been a notebook."""
    content = (_content(path) or b"").decode("utf-8", "replace")
    return path.with_suffix(".ipynb").name if was_notebook(content) else path.name


def syntax_error_around(path: Path, name: str) -> SyntaxError | None:
    """Return the syntax error because of which a notebook's cell does not define a name.

    Its line is that in the module. In other files, a syntax error fails the import.
    """
    text = (_content(path) or b"").decode("utf-8", "replace")
    definition = re.compile(rf"^\s*((class|def)\s+{re.escape(name)}\b|{re.escape(name)}\s*=)", re.M)
    for start, cell in cells_of(text) if was_notebook(text) else ():
        if definition.search(cell):
            try:
                ast.parse(cell, str(path))
            except SyntaxError as error:
                error.lineno = (error.lineno or 1) + start - 1
                return error
            except (ValueError, RecursionError, MemoryError):
                return None
    return None


def definition_line(path: Path, function: str) -> int | None:
    """Return the line of a function or method in a file.

    Parameters
    ----------
    path : Path
    function : str
        Such as "train" or "Convolutional.backward". If the class does not define the method (it may
        inherit it), this returns the line of the class.
    """
    line, body = None, statements(path) or []
    for name in function.split("."):
        for node in body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
                line, body = node.lineno, node.body
                break
    return line


def enclosing_definition(path: Path, line: int) -> str:
    """Return the name of the definition around a line, such as "Dense.forward" or "Sigmoid".

    For a constructor, it is the name of the class; for a line outside all definitions, it is empty.
    """
    names: list[str] = []
    body = statements(path) or []
    while body:
        inside = [node for node in body if node.lineno <= line <= (node.end_lineno or 0)]
        body = []
        if inside and isinstance(inside[0], ast.ClassDef | ast.FunctionDef):
            names.append(inside[0].name)
            body = inside[0].body
    return ".".join(name for name in names[:2] if name != "__init__")


def is_left_over(path: Path, line: int) -> bool:
    """Return whether a stub's `raise` still stands below code that was written for it."""
    for outer in statements(path) or []:
        for node in ast.walk(outer):
            if not isinstance(node, ast.FunctionDef):
                continue
            body = [part for part in node.body if not is_docstring(part)]
            if any(isinstance(part, ast.Raise) and part.lineno == line for part in body[1:]):
                return True
    return False


def is_docstring(node: ast.stmt) -> bool:
    """Return whether a statement is a text (or a number) and nothing else."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def imported_packages(path: Path) -> set[str]:
    """Return the packages that a file imports, directly or through files next to it.

    The standard library does not count, except `importlib`, which can import anything. Code that only
    runs when the file runs as a script does not count either. If a file cannot be read, the result
    contains `UNREAD`.
    """
    return _with_neighbours(path, imported_names(path))


def packages_in(path: Path, code: Iterable[ast.stmt]) -> set[str]:
    """Return the packages that some of a file's statements import (see `imported_packages`)."""
    return _with_neighbours(path, _imports(code))


def imported_names(path: Path) -> set[str]:
    """Return what a file imports directly, including the standard library."""
    if not os.path.lexists(path):
        return set()
    code = statements(path)
    return {UNREAD} if code is None else set(_imports(code))


def statements(path: Path) -> list[ast.stmt] | None:
    """Return the statements of a file; None if it cannot be read.

    In a module that was a notebook, cells with syntax errors do not count.
    """
    content = _content(path)
    return None if content is None else _statements_in(content)


@lru_cache(maxsize=32)
def _statements_in(content: bytes) -> list[ast.stmt] | None:
    text = content.decode("utf-8", "replace")
    try:
        if not was_notebook(text):
            return _parsed(content)  # bytes, since a file may declare its encoding
        cells = [(line, _parsed(cell)) for line, cell in cells_of(text)]
    except (ValueError, RecursionError, MemoryError):
        return None
    return [ast.increment_lineno(part, line - 1) for line, parts in cells for part in parts]


def is_script(node: ast.stmt) -> bool:
    """Return whether a statement is `if __name__ == "__main__":`."""
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
        return False
    test = node.test
    words = [word.value for word in test.comparators if isinstance(word, ast.Constant)]
    equal = isinstance(test.ops[0], ast.Eq)
    return equal and _is_name(test.left, "__name__") and words == ["__main__"]


def source_line(path: Path, number: int) -> str:
    """Return one line of a file, without its indentation; empty if there is no such line."""
    lines = (_content(path) or b"").decode("utf-8", "replace").splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def _with_neighbours(path: Path, imported: Iterable[str]) -> set[str]:
    """Return the packages among a file's imports, and among those of the files that it imports."""
    found: set[str] = set()
    seen, todo = {path}, list(imported)
    while todo:
        name = todo.pop()
        neighbour = path.with_name(f"{name}.py")
        if neighbour in seen:
            continue
        if _is_file(neighbour):
            seen.add(neighbour)
            todo += imported_names(neighbour)
        elif name not in sys.stdlib_module_names or name == "importlib":
            found.add(name)  # importlib, and sys.modules, reach everything
    return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the name is too long
        return False


def _parsed(source: str | bytes) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:  # then it does not run either
        return []


def _content(path: Path) -> bytes | None:
    """Return the content of a file; None if it is not an ordinary file of the submission.

    The file is not trusted: it may be a pipe or a device, which never ends, or a link to a file outside
    the submission.
    """
    try:
        if not path.resolve().is_relative_to(path.parent.resolve()):
            return None
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links in a circle
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        content = os.read(descriptor, LARGEST_FILE + 1)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return content if len(content) <= LARGEST_FILE else None


def _imports(code: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the top-level names in all import statements, however deep in the code."""
    for node in (inner for outer in code if not is_script(outer) for inner in ast.walk(outer)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Name) and node.id in ("__import__", "exec", "eval"):
            yield "importlib"
        elif isinstance(node, ast.Attribute) and node.attr == "modules":
            yield from ["sys.modules"] if _is_name(node.value, "sys") else []


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
