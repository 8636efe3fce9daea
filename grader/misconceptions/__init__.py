"""Known mistakes: wrong implementations that have a name.

Each file here, named after its exercise, holds the mistakes of that exercise. A mistake is a function
that stands in the place of one part of the course done right:

    @misconception("ex02/forward", "convolution instead of cross-correlation", hint="...")
    def forward(self, input, training=False):
        "One or two sentences: what the answer shows, and why it is not right."
        ...

For a part that is a class (`Sigmoid`), the function is the class's `__init__`.
"""

from grader.misconceptions.registry import (
    Misconception,
    all_misconceptions,
    misconception,
    misconceptions_of,
)

__all__ = ["Misconception", "all_misconceptions", "misconception", "misconceptions_of"]
