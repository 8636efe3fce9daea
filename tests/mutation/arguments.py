"""Operators that cosmic-ray lacks: swap two arguments of a call, or drop one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import PythonNode
from parso.tree import NodeOrLeaf

Place = tuple[tuple[int, int], tuple[int, int]]


class SwapArguments(Operator):
    """Swap two neighbouring arguments of a call."""

    def mutation_positions(self, node: NodeOrLeaf) -> list[Place]:
        """Return the position of the first argument of each pair."""
        return [_span(node.children[first]) for first, _ in self._pairs(node)]

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """Swap the two arguments, and leave the spaces where they are."""
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
        """Return examples of the mutation, as cosmic-ray requires."""
        return (Example("f(x, y)", "f(y, x)"),)


class DropArgument(Operator):
    """Drop one of several arguments of a call."""

    def mutation_positions(self, node: NodeOrLeaf) -> list[Place]:
        """Return the position of each argument."""
        return [_span(node.children[place]) for place in _places(node)]

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """Remove the argument and the comma next to it."""
        place = list(_places(node))[index]
        first = place == 0
        del node.children[place if first else place - 1 : place + 2 if first else place + 1]
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Return examples of the mutation, as cosmic-ray requires."""
        return (Example("f(x, y)", "f(y)"), Example("f(x, y)", "f(x)", occurrence=1))


def _places(node: NodeOrLeaf) -> Iterator[int]:
    """Yield the indices of the arguments among a node's children, if it is a list of arguments."""
    if isinstance(node, PythonNode) and node.type == "arglist" and node.parent.type == "trailer":
        yield from range(0, len(node.children), 2)


def _span(node: NodeOrLeaf) -> Place:
    return node.start_pos, node.end_pos
