"""Have the kernel refuse every system call that is not in a list (`allowed_calls.py`).

For ordinary users a limit on the number of processes would stop some of what the list stops. But the
kernel does not apply it to root, and a process that is nobody inside the jail may be root outside.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from typing import Any

from grader.sandbox.server.allowed_calls import (
    ALLOWED,
    ALLOWED_WITH,
    ARCHITECTURES,
    FIRST_NEW,
    UNKNOWN,
)

X32 = 0x40000000
"""On x86_64, the numbers from this one up are a second set of the same system calls."""

# From linux/filter.h, linux/seccomp.h and linux/prctl.h.
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, FAIL = 0x7FFF0000, 0x00050000
NOT_PERMITTED, NO_SUCH_CALL = 1, 38
# Their offsets in what a filter is given.
NUMBER, ARCHITECTURE, FIRST_ARGUMENT, ARGUMENT_SIZE = 0, 4, 16, 8
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, FILTER = 4, 22, 38, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def hide_memory() -> None:
    """Stop processes of the same user from reading this one or its children; prevent core dumps."""
    if sys.platform == "linux":  # elsewhere there is no sandbox, and the code is trusted
        _control(PR_SET_DUMPABLE, 0)


def refuse_calls() -> None:
    """Give up, for good, every system call that is not in the list.

    Raises
    ------
    OSError
        If the kernel cannot install the filter.
    """
    if sys.platform == "linux":
        code = _filter(platform.machine())
        program = _Program(len(code) // 8, code)
        _control(PR_SET_NO_NEW_PRIVS, 1)
        _control(PR_SET_SECCOMP, FILTER, ctypes.byref(program))


def _control(*words: Any) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(*words, *([0] * (5 - len(words)))):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _filter(machine: str) -> bytes:
    """Return the filter as the kernel reads it.

    Each comparison comes with how many steps to skip if it holds, and how many if it does not.
    """
    if machine not in ARCHITECTURES:
        raise OSError(f"the system call numbers of {machine} are not known")
    column = list(ARCHITECTURES).index(machine)
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, FAIL | NOT_PERMITTED),
        (LOAD, 0, 0, NUMBER),
        (IF_AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, FAIL | NOT_PERMITTED),
        (IF_AT_LEAST, 0, 1, FIRST_NEW),
        (RETURN, 0, 0, FAIL | NO_SUCH_CALL),
    ]
    for numbers in ALLOWED.values():
        if (number := numbers[column]) is not None:
            steps += [(IF_EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    for unknown in UNKNOWN.values():
        steps += [(IF_EQUAL, 0, 1, unknown[column]), (RETURN, 0, 0, FAIL | NO_SUCH_CALL)]
    for numbers, argument, allowed in ALLOWED_WITH.values():
        body = [(LOAD, 0, 0, FIRST_ARGUMENT + ARGUMENT_SIZE * argument)]
        for value in allowed:
            body += [(IF_EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW)]
        body.append((RETURN, 0, 0, FAIL | NOT_PERMITTED))
        steps += [(IF_EQUAL, 0, len(body), numbers[column]), *body]
    steps.append((RETURN, 0, 0, FAIL | NOT_PERMITTED))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
