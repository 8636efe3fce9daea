"""Return the largest possible answer each time, until the grader has no memory left.

Deserves: ex03/forward 0, ex03/backward 0
"""

import numpy as np


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return np.ones(3_900_000)

    def backward(self, output_gradient, learning_rate):
        return np.ones(3_900_000)
