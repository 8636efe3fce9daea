"""Print a hundred megabytes, all of which the grader has to read.

Deserves: ex03/forward 2, ex03/backward 2
Limits: output=5000
"""

import sys

import numpy as np

for _ in range(100):
    sys.stdout.write("x" * 1_000_000)
sys.stderr.write("\n" * 100_000)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
