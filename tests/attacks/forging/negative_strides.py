"""Return right answers as odd views: negative strides, Fortran order, swapped bytes, no alignment.

Deserves: ex03/forward 2, ex03/backward 2
"""

import itertools

import numpy as np


def reversed_(array):
    return np.flip(np.flip(array).copy())


def unaligned(array):
    memory = np.zeros(array.nbytes + 1, np.uint8)
    view = memory[1:].view(array.dtype).reshape(array.shape)
    view[...] = array
    return view


VIEWS = itertools.cycle(
    [
        reversed_,
        np.asfortranarray,
        unaligned,
        lambda array: array.astype(array.dtype.newbyteorder()),
    ]
)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return next(VIEWS)(np.reshape(input, self.output_shape))

    def backward(self, output_gradient, learning_rate):
        return next(VIEWS)(np.reshape(output_gradient, self.input_shape))
