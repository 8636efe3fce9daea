"""Send malformed messages: cut off, endless, of unknown types, of impossible shapes.

Deserves: ex03/forward 0, ex03/backward 0
"""

import itertools
import os
import stat
import struct

import msgpack


def frame(tree):
    payload = msgpack.packb(tree, unicode_errors="surrogatepass")
    return struct.pack(">I", len(payload)) + payload


def answer(value):
    return frame(["l", "answers", ["l", "done", value, ["l"], ["l"]]])


def failed(kind, text, frames, unloaded="", changed=("l",)):
    error = ["l", kind, "", text, frames, unloaded]
    return frame(["l", "answers", ["l", "failed", error, changed, ["l"]]])


ODD = "\ud800\x1b[2J\r\n==== marks ====\n\u202e\x9b[red]" * 50
BAD = itertools.cycle(
    [
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x05\xc1\xc1\xc1\xc1\xc1",
        b"\x00\x00\x00\x05\xdd\xff\xff\xff\xff",
        struct.pack(">I", 5000) + b"\x91" * 5000,
        answer(["a", "<f8", [24, 1], b"\0" * 8]),
        answer(["a", "|O", [1], b"\0" * 8]),
        answer(["a", "<f8", [-1, -24], b"\0" * 192]),
        answer(["a", "<f8", [2**40, 0, 2**40], b""]),
        answer(["i", "9" * 100_000]),
        answer(["x", 1]),
        answer(["g", 0]),
        answer(["r", -1, "module", ["l"]]),
        frame(["l", "ask", 0, "__class__", ["t"], ["d"]]),
        frame(["l", "ask", -1, "__call__", ["t"], ["d"]]),
        frame(["l", "answers", ["l", "failed", ["l", "E", "passed", "", ["l"], ""], ["l"], ["l"]]]),
        failed("E", "", ["l", ["l", "/etc/passwd", 1, "f"]]),
        failed(ODD, ODD, ["l", ["l", ODD, 9_999_999, ODD]], ODD, ["l", ODD]),
        frame({"done": 1}),
        frame(None),
    ]
)


def lie(*args, **kwargs):
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, next(BAD))
        except OSError:
            continue


class Reshape:
    __init__ = forward = backward = lie
