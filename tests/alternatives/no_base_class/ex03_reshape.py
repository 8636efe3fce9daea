# Two closures in an object without attributes of the course's names.
import numpy as np


class Reshape:
    __slots__ = ("_back", "_there")

    def __init__(self, input_shape, output_shape):
        self._there = lambda numbers: np.reshape(numbers, output_shape, order="C")
        self._back = lambda numbers: np.reshape(numbers, input_shape, order="C")

    def forward(self, input, training=False):
        return self._there(input)

    def backward(self, output_gradient, learning_rate):
        return self._back(output_gradient)
