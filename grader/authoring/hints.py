"""Make `grader/hints.json` from the cells of `solutions/` that hold hints."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.authoring.exercises import (
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
"""What Python has and printed maths has not, which says x · μ and W X, and calls f(x) at most."""
KNOWN_METADATA = {HINTS, "tags", "lines_to_next_cell", "lines_to_end_of_cell_marker"}
"""What the header of a cell may hold; with a misspelt one, hints would be in the exercise's text."""
SIGNS = re.compile(r"[(\[=*@/]|lambda")
"""Each piece of `CODE` has one of these."""


def hints_text(sources: Iterable[Path]) -> str:
    """Return the text of `hints.json`: the hints of each part, first to last, by the part's id.

    Parameters
    ----------
    sources : iterable of Path
        The files in `solutions/`. A markdown cell with the metadata `hints="backward"` in
        `ex02_*.py` holds the hints for ex02/backward, one in each paragraph.

    Raises
    ------
    SourceError
        If hints belong to no part, or if they are not in order.
    """
    found: dict[str, list[str]] = {}
    for path in sources:
        for id, hints in _hints_of(path):
            if id in found:
                raise SourceError(f"{path}: there is more than one cell of hints for {id}")
            found[id] = hints
    known = [part for part in all_parts() if part.target]
    if unknown := sorted(set(found) - {part.id for part in known}):
        raise SourceError(f"There are hints for what is no part of an exercise: {unknown[0]}")
    in_order = {part.id: found[part.id] for part in known if part.id in found}
    return json.dumps(in_order, indent=2, ensure_ascii=False) + "\n"


def _hints_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each part that a file has hints for, with the hints."""
    given_away = _solution_code(path)
    for cell in read_source(path).cells:
        if unknown := sorted(set(cell.metadata) - KNOWN_METADATA):
            raise SourceError(f"{path}: a cell has an unknown entry, {unknown[0]!r}")
        if HINTS not in cell.metadata:
            continue
        part = f"{path.stem.partition('_')[0]}/{cell.metadata[HINTS]}"
        if cell.cell_type != "markdown":
            raise SourceError(f"{path}: the cell of hints for {part} must be a [markdown] cell")
        hints = [" ".join(text.split()) for text in re.split(r"\n\s*\n", cell.source.strip())]
        if len(hints) != LEVELS or not all(hints):
            raise SourceError(
                f"{path}: the hints for {part} must be {LEVELS} paragraphs, not {len(hints)}"
            )
        for hint in hints:
            if code := code_in(hint) or _part_of(hint, given_away):
                raise SourceError(f"{path}: a hint for {part} holds code, not words: {code}")
        yield part, hints


def _solution_code(path: Path) -> set[str]:
    """Return the lines of a file's solutions, and their expressions that compute something."""
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
    """Return a piece of the code that the hint holds, however it is spaced, or nothing."""
    words = _joined(hint)
    return next((piece for piece in sorted(code) if _joined(piece) in words), "")


def _joined(text: str) -> str:
    return "".join(text.replace("`", "").split())


def code_in(text: str) -> str:
    """Return the longest piece, from the first word on that begins one, that Python would run.

    Names are no code (`np.clip`, self.input), and neither is maths as it is printed. A blank before a
    bracket keeps prose apart from a call: the shape (m, n).
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
    """Tell whether a call is that of a function with a single letter, as in f(x)."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.func.id) == 1
