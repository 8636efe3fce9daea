"""Take all memory: with arrays, pages, files in memory, pipes.

Deserves: ex03/forward 0, ex03/backward 2
Limits: memory=600
"""

import mmap
import os

import numpy as np

KEPT = []


def attack():
    for take in (
        lambda: np.ones(10**7),
        lambda: bytearray(10**8),
        lambda: mmap.mmap(-1, 10**8).write(bytes(10**8)),
        lambda: os.write(os.memfd_create("x"), bytes(10**7)),
        os.pipe,
    ):
        try:
            while True:
                KEPT.append(take())
        except (OSError, MemoryError):
            continue
    while True:
        KEPT.append([KEPT])


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
