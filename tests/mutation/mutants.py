"""Small changes to the reference, one at a time, made by cosmic-ray's operators."""

from __future__ import annotations

import ast
import difflib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

from tests.mutation.arguments import DropArgument, SwapArguments
from tests.mutation.deletion import DeleteStatement
from tests.mutation.equivalents import Key
from tests.mutation.graded import graded_lines


class Mutant(NamedTuple):
    """A file of the reference with one change.

    Attributes
    ----------
    key : Key
        Identifies the change; its lines have single spaces.
    text : str
        The text of the whole file.
    """

    key: Key
    text: str


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield each mutant of the graded lines of a file, once."""
    text = path.read_text("utf-8")
    functions = graded_lines(text)
    seen = {_meaning(text)}
    nodes = list(ast_nodes(get_ast(text)))
    for operator in _operators():
        lines = [line for node in nodes for (line, _), _ in operator.mutation_positions(node)]
        for occurrence, line in enumerate(lines):
            if line not in functions:
                continue
            mutated = mutate_code(text, operator, occurrence)
            meaning = _meaning(mutated)
            if meaning in seen:  # two operators may give the same mutant
                continue
            seen.add(meaning)
            before, after = _difference(text, mutated)
            yield Mutant(Key(path.name, functions[line], before, after), mutated)


def _operators() -> Iterator[Operator]:
    """Yield those of cosmic-ray's operators that take no arguments, and our own."""
    for name in operator_names():
        operator = get_operator(name)
        if not operator.arguments():
            yield operator()
    yield DeleteStatement()
    yield SwapArguments()
    yield DropArgument()


def _meaning(text: str) -> str:
    """Return what distinguishes mutants: their syntax trees, which ignore spaces for example."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # `1 is x`
        return ast.dump(ast.parse(text))


def _difference(text: str, mutated: str) -> tuple[str, str]:
    """Return the lines that a mutation changes, before and after it."""
    old, new = text.splitlines(), mutated.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    (change,) = (code for code in matcher.get_opcodes() if code[0] != "equal")
    _, i, j, k, m = change
    return tuple(" ".join(" ".join(lines).split()) for lines in (old[i:j], new[k:m]))
