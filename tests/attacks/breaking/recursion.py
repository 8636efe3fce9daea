"""Recurse until the stack overflows, with Python's recursion limit out of the way.

Deserves: ex03/forward 0, ex03/backward 2
"""

import sys

import numpy as np

sys.setrecursionlimit(10**9)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return f"{self!r}{self}"


def attack():
    repr(Deep())


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
