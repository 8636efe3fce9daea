"""Return odd plain data: cycles, deep nesting, NaN as keys, endless numbers, surrogates.

Deserves: ex03/forward 0, ex03/backward 0
"""

import itertools

CYCLE = []
CYCLE.append(CYCLE)
DEEP = []
for _ in range(10_000):
    DEEP = [DEEP]
VALUES = itertools.cycle(
    [
        CYCLE,
        {float("nan"): 1, float("inf"): {float("nan"): [{}]}},
        10**3999,
        "\ud800\x1b[2J\0" * 30_000,
        b"\xff" * 90_000,
        [[0.0] * 1000] * 90,
        DEEP,
        {"a": CYCLE},
        range(10**9),
        (x for x in itertools.count()),
        float("nan"),
        -0.0,
        10**100_000,
        "x" * 100_000_000,
    ]
)


class Reshape:
    def __init__(self, input_shape, output_shape):
        pass

    def forward(self, input, training=False):
        return next(VALUES)

    def backward(self, output_gradient, learning_rate):
        return next(VALUES)
