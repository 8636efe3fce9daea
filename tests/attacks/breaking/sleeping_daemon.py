"""Leave a daemon that sleeps until the grader is gone, and then writes.

Deserves: ex03/forward 2, ex03/backward 2
"""

import os
import time

import numpy as np


def attack():
    for fork in (os.fork, lambda: os.forkpty()[0]):
        try:
            if fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(1)
                    with open("/tmp/attack-was-here", "w") as file:
                        file.write("100")
                    time.sleep(3600)
                os._exit(0)
        except OSError:
            continue
    try:
        os.setsid()  # at least out of reach of those who end a whole group
    except OSError:
        pass


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
