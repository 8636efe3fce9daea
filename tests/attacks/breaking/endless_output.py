"""Print without end, so that the grader does nothing but read.

Deserves: ex03/forward 0, ex03/backward 2
Limits: output=5000
"""

import os
import signal

import numpy as np


def attack():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    while True:
        os.write(1, b"x" * 10_000_000)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
