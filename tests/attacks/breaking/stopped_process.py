"""Stop the process, so that it uses no CPU time and never responds.

Deserves: ex03/forward 0, ex03/backward 2
"""

import os
import signal

import numpy as np


def attack():
    os.kill(os.getpid(), signal.SIGSTOP)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
