"""Return objects whose attributes and methods are different each time they are used.

Deserves: ex03/forward 1, ex03/backward 0
"""

import itertools

import numpy as np

COUNT = itertools.count()


class Changing(list):
    """A list whose length, items and class are different each time."""

    def __iter__(self):
        yield from [float(next(COUNT))] * (next(COUNT) % 5)

    def __len__(self):
        return next(COUNT) % 3

    @property
    def __class__(self):
        return (list, np.ndarray, float)[next(COUNT) % 3]


class Reshape:
    def __init__(self, input_shape, output_shape):
        pass

    def __getattr__(self, name):
        return np.full(3, next(COUNT)) if next(COUNT) % 2 else "no array at all"

    def __setattr__(self, name, value):
        pass

    @property
    def forward(self):
        return (lambda *args, **kwargs: Changing()) if next(COUNT) % 2 else self.backward

    def backward(self, *args, **kwargs):
        return Changing([1.0])
