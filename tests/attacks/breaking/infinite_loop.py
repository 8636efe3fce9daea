"""Loop for ever, and swallow every exception that should end the loop.

Deserves: ex03/forward 0, ex03/backward 2
"""

import numpy as np


def attack():
    while True:
        try:
            while True:
                pass
        except:
            pass
        finally:
            continue


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
