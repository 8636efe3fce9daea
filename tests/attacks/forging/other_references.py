"""Return references to other objects: the grader's own functions, invalid numbers.

Deserves: ex01/correlate2d 0, ex01/convolve2d 0
"""

import itertools
import os
import stat
import struct

import msgpack

REFERENCES = itertools.cycle(
    [
        *(["g", 0], ["r", 0, "function", ["l"]], ["r", -1, "method", ["l"]]),
        *(["r", 10**6, "array", ["l", "__class__"]], ["g", 0]),
    ]
)


def answer(*args, **kwargs):
    """Return an object that the grader knows, ideally one that knows the right answer."""
    payload = msgpack.packb(["l", "answers", ["l", "done", next(REFERENCES), ["l"], ["l"]]])
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, struct.pack(">I", len(payload)) + payload)
        except OSError:
            continue


correlate2d = convolve2d = answer
