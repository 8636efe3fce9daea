"""Return arrays of texts, times, records, booleans and complex numbers, in turn.

Deserves: ex03/forward 1, ex03/backward 1
"""

import itertools

import numpy as np

TYPES = ["U9", "S9", "M8[s]", "m8[s]", "V8", "?", "complex64", "longdouble", [("x", "f8")]]
DTYPES = itertools.cycle(TYPES)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return np.zeros(self.output_shape, dtype=next(DTYPES))

    def backward(self, output_gradient, learning_rate):
        return np.zeros(self.input_shape, dtype=next(DTYPES))
