"""Leave threads running that spoil later checks.

Deserves: ex03/forward 2, ex03/backward 2
"""

import sys
import threading
import time

import numpy as np


def spoil():
    while True:
        for module in list(sys.modules.values()):
            for name in ("exp", "log", "Softmax", "binary_cross_entropy"):
                if hasattr(module, name):
                    setattr(module, name, None)
        print("still here")
        time.sleep(0.001)


for daemon in (True, False):
    try:
        threading.Thread(target=spoil, daemon=daemon).start()
    except RuntimeError:
        pass


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
