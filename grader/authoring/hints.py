"""Generate `grader/hints/hints.json` from the cells of `solutions/` that contain hints."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from grader.authoring.exercise_stubs import (
    HINTS,
    TELLING,
    SourceError,
    bare,
    read_source,
    solution_lines,
)
from grader.checking.course import all_parts
from grader.hints.hint_texts import LEVELS

CODE: tuple[type[ast.AST], ...] = (
    *(ast.Call, ast.Subscript, ast.Lambda, ast.ListComp, ast.GeneratorExp),
    *(ast.AugAssign, ast.Mult, ast.MatMult, ast.Pow, ast.FloorDiv, ast.Eq),
)
"""Syntax that shows code: printed maths does not use it, apart from calls such as f(x)."""
KNOWN_METADATA = {HINTS, "tags", "lines_to_next_cell", "lines_to_end_of_cell_marker"}
"""The keys allowed in a cell's header. A misspelt key would put hints into the exercise's text."""
SIGNS = re.compile(r"[(\[=*@/]|lambda")
"""Every piece of `CODE` contains one of these."""


def hints_text(sources: Iterable[Path]) -> str:
    """Return the text of `hints.json`: the hints of each part in order, by part id.

    Parameters
    ----------
    sources : iterable of Path
        The files in `solutions/`. A markdown cell with the metadata `hints="backward"` in
        `ex02_*.py` contains the hints for ex02/backward, one per paragraph.

    Raises
    ------
    SourceError
        If hints belong to no part or are malformed.
    """
    found: dict[str, list[str]] = {}
    for path in sources:
        for id, hints in _hints_of(path):
            if id in found:
                raise SourceError(f"{path}: there is more than one cell with hints for {id}")
            found[id] = hints
    known = [part for part in all_parts() if part.target]
    if unknown := sorted(set(found) - {part.id for part in known}):
        raise SourceError(f"There are hints for {unknown[0]}, which is not a part of an exercise.")
    in_order = {part.id: found[part.id] for part in known if part.id in found}
    return json.dumps(in_order, indent=2, ensure_ascii=False) + "\n"


def _hints_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the id of each part that a file has hints for, with the hints."""
    given_away = _solution_code(path)
    for cell in read_source(path).cells:
        if unknown := sorted(set(cell.metadata) - KNOWN_METADATA):
            raise SourceError(f"{path}: a cell has an unknown entry, {unknown[0]!r}")
        if HINTS not in cell.metadata:
            continue
        part = f"{path.stem.partition('_')[0]}/{cell.metadata[HINTS]}"
        if cell.cell_type != "markdown":
            raise SourceError(f"{path}: the hints for {part} must be in a [markdown] cell")
        hints = [" ".join(text.split()) for text in re.split(r"\n\s*\n", cell.source.strip())]
        if len(hints) != LEVELS or not all(hints):
            raise SourceError(
                f"{path}: the hints for {part} must be {LEVELS} paragraphs, found {len(hints)}"
            )
        for hint in hints:
            if code := code_in(hint) or _part_of(hint, given_away):
                raise SourceError(f"{path}: a hint for {part} contains code: {code}")
        yield part, hints


def _solution_code(path: Path) -> set[str]:
    """Return the lines of a file's solutions, and the expressions in them that compute something."""
    source = path.read_text(encoding="utf-8")
    lines = solution_lines(source)
    code = {bare(line) for line in lines.values() if len(bare(line)) >= TELLING}
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise SourceError(f"{path}, line {error.lineno}: {error.msg}") from error
    computing = (ast.BinOp, ast.Call, ast.Subscript)
    return code | {
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, computing) and node.lineno in lines
    }


def _part_of(hint: str, code: Iterable[str]) -> str:
    """Return a piece of the code that the hint contains, whatever its spacing; empty if none."""
    words = _joined(hint)
    return next((piece for piece in sorted(code) if _joined(piece) in words), "")


def _joined(text: str) -> str:
    return "".join(text.replace("`", "").split())


@cache
def code_in(text: str) -> str:
    """Return the first piece of a text that is Python code, as long as possible; empty if none.

    Names such as `np.clip` and self.input do not count as code, nor does printed maths. A blank
    before a bracket tells prose from a call: the shape (m, n).
    """
    words = re.sub(r"(?<=\w) (?=[(\[])", " $ ", text.replace("`", " ")).split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            piece = " ".join(words[start:end]).strip(".,;:?!“”")
            if SIGNS.search(piece) and _would_run(piece):
                return piece
    return ""


def _would_run(piece: str) -> bool:
    try:
        tree = ast.parse(piece)
    except (SyntaxError, ValueError):
        return False
    return any(isinstance(node, CODE) and not _is_maths(node) for node in ast.walk(tree))


def _is_maths(node: ast.AST) -> bool:
    """Return whether a call is one of a function with a single letter, as in f(x)."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.func.id) == 1
