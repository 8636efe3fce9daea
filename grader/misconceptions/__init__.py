"""Known mistakes: wrong implementations that have a name.

Each file in `catalogue/` is named after an exercise and contains its mistakes. A mistake is a function
that replaces one part of the correct course:

    @misconception("ex02/forward", "convolution instead of cross-correlation", hint="...")
    def forward(self, input, training=False):
        "One or two sentences: what the student's code does, and why that is wrong."
        ...

For a part that is a class (`Sigmoid`), the function is the `__init__` of the class.
"""

from grader.misconceptions.registry import (
    Misconception,
    all_misconceptions,
    misconception,
    misconceptions_of,
)

__all__ = ["Misconception", "all_misconceptions", "misconception", "misconceptions_of"]
