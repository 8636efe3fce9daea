"""Return arrays that claim to have terabytes, or enormous sides and no data.

Deserves: ex03/forward 0, ex03/backward 0
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return as_strided(np.zeros(1), (10**6, 10**6), (0, 0))

    def backward(self, output_gradient, learning_rate):
        return np.zeros((0, 10**9, 10**9))
