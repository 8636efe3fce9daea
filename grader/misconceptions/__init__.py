"""Known mistakes: wrong implementations that have a name.

Each file in `catalogue/` is named after an exercise, or one of its parts, and contains its mistakes. A
mistake is a function that replaces one part of the correct course:

    @misconception("ex02/forward", "convolution instead of cross-correlation", hint="...")
    def forward(self, input, training=False):
        "One or two sentences: what the student's code does, and why that is wrong."
        ...

`@another_way(forward)` adds code that makes the same mistake and gives other answers. If the kind or
the shape of an answer shows the mistake, whatever the numbers are, say `by_kind=True`.

For a part that is a class (`Sigmoid`), the function is the `__init__` of the class.
"""

from grader.misconceptions.registry import (
    Misconception,
    all_misconceptions,
    another_way,
    misconception,
    misconceptions_of,
)

__all__ = [
    "Misconception",
    "all_misconceptions",
    "another_way",
    "misconception",
    "misconceptions_of",
]
