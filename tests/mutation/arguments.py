"""Operators that cosmic-ray lacks: a call with its arguments in another order, or without one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import PythonNode
from parso.tree import NodeOrLeaf

Place = tuple[tuple[int, int], tuple[int, int]]


class SwapArguments(Operator):
    """Let two neighbours among the arguments of a call change places."""

    def mutation_positions(self, node: NodeOrLeaf) -> list[Place]:
        """Return where the first of each pair is."""
        return [_span(node.children[first]) for first, _ in self._pairs(node)]

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """Exchange them, and leave the spaces where they are."""
        places = list(self._pairs(node))[index]
        one, other = (node.children[place] for place in places)
        leaves = one.get_first_leaf(), other.get_first_leaf()
        leaves[0].prefix, leaves[1].prefix = leaves[1].prefix, leaves[0].prefix
        node.children[places[0]], node.children[places[1]] = other, one
        return node

    @staticmethod
    def _pairs(node: NodeOrLeaf) -> Iterator[tuple[int, int]]:
        yield from pairwise(n for n in _places(node) if node.children[n].type != "argument")

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Say what the operator does, as cosmic-ray's own do."""
        return (Example("f(x, y)", "f(y, x)"),)


class DropArgument(Operator):
    """Leave out one of several arguments of a call."""

    def mutation_positions(self, node: NodeOrLeaf) -> list[Place]:
        """Return where each is."""
        return [_span(node.children[place]) for place in _places(node)]

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """Remove it, and the comma beside it."""
        place = list(_places(node))[index]
        first = place == 0
        del node.children[place if first else place - 1 : place + 2 if first else place + 1]
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Say what the operator does, as cosmic-ray's own do."""
        return (Example("f(x, y)", "f(y)"), Example("f(x, y)", "f(x)", occurrence=1))


def _places(node: NodeOrLeaf) -> Iterator[int]:
    """Yield which children of a node are arguments, if it is the arguments of a call."""
    if isinstance(node, PythonNode) and node.type == "arglist" and node.parent.type == "trailer":
        yield from range(0, len(node.children), 2)


def _span(node: NodeOrLeaf) -> Place:
    return node.start_pos, node.end_pos
