"""An operator that cosmic-ray lacks: delete a statement."""

from __future__ import annotations

from collections.abc import Iterator

import parso
from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import PythonNode
from parso.tree import NodeOrLeaf

Place = tuple[tuple[int, int], tuple[int, int]]


class DeleteStatement(Operator):
    """Replace an assignment, a call, a `return` or a `raise` with `pass`."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Place]:
        """Yield the position of the statement, if the node is one."""
        if isinstance(node, PythonNode) and node.type == "simple_stmt":
            statement = node.children[0]
            if statement.type not in ("string", "import_name", "import_from", "keyword"):
                yield statement.start_pos, statement.end_pos

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """Replace the statement with `pass`."""
        prefix = node.get_first_leaf().prefix
        node.children[0] = parso.parse(f"{prefix}pass")
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Return examples of the mutation, as cosmic-ray requires."""
        return (Example("x = 1", "pass"), Example("f(x)", "pass"), Example("return x", "pass"))
