"""Have the kernel refuse what no exercise needs: new processes, threads, connections, tracing others.

For ordinary users a limit on the number of processes would do. But the kernel does not apply it to
root, and a process that is nobody inside the jail may be root outside. Threads are refused too:
thousands fit into the memory of one process, and the machine has a limited number for everyone.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from typing import Any

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The kernel's constant for each machine's set of system calls (linux/audit.h)."""

REFUSED: dict[str, tuple[int | None, int | None]] = {
    "fork": (57, None),
    "clone": (56, 220),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "socket": (41, 198),  # a network namespace does not shut out every kind of network
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "setrlimit": (160, 164),
    "prlimit64": (302, 261),
    # The parent process may serve other submissions after this one.
    "setpriority": (141, 140),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    # Memory that no limit counts: it belongs to no process, or to a file in no folder.
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # If root runs the grader, the devices in the jail still belong to root.
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "flock": (73, 32),
    "file_setattr": (469, 469),
    "syslog": (103, 116),
}
"""The number of each call, in the order of `ARCHITECTURES` (asm/unistd.h); None if it has none."""

FCNTL, IOCTL = (72, 25), (16, 29)
ALLOWED = {
    # From linux/fcntl.h: copies of descriptors, their flags, the size of a pipe. Locks, hints and the
    # receiver of signals stay with the file, which may be one of the machine's own.
    FCNTL: (0, 1, 2, 3, 4, 1030, 1032),
    # From asm-generic/ioctls.h: what Python asks of a terminal, a socket or a file that it opens.
    IOCTL: (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451),
}
"""For calls whose second argument says what to do: the values that it may have."""
CLONE3 = 435
PRCTL = (157, 167)
X32 = 0x40000000
"""On x86_64, the numbers from this one up are a second set of the same system calls."""

# From linux/filter.h, linux/seccomp.h and linux/prctl.h.
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, FAIL = 0x7FFF0000, 0x00050000
NOT_PERMITTED, NO_SUCH_CALL = 1, 38
# Their offsets in what a filter is given.
NUMBER, ARCHITECTURE, FIRST_ARGUMENT, SECOND_ARGUMENT = 0, 4, 16, 24
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, FILTER = 4, 22, 38, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def hide_memory() -> None:
    """Stop processes of the same user from reading this one or its children; prevent core dumps."""
    if sys.platform == "linux":  # elsewhere there is no sandbox, and the code is trusted
        _control(PR_SET_DUMPABLE, 0)


def refuse_calls() -> None:
    """Give up, for good, starting processes, threads and programs, and all that no exercise needs.

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
        (IF_EQUAL, 0, 1, CLONE3),  # a filter cannot see its flags, which are in memory
        (RETURN, 0, 0, FAIL | NO_SUCH_CALL),  # so that the C library uses clone instead
    ]
    for numbers in REFUSED.values():
        if (number := numbers[column]) is not None:
            steps += [(IF_EQUAL, 0, 1, number), (RETURN, 0, 0, FAIL | NOT_PERMITTED)]
    for numbers, allowed in ALLOWED.items():
        body = [(LOAD, 0, 0, SECOND_ARGUMENT)]
        for command in allowed:
            body += [(IF_EQUAL, 0, 1, command), (RETURN, 0, 0, ALLOW)]
        body.append((RETURN, 0, 0, FAIL | NOT_PERMITTED))
        steps += [(IF_EQUAL, 0, len(body), numbers[column]), *body]
    steps += [
        (IF_EQUAL, 0, 3, PRCTL[column]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (IF_EQUAL, 0, 1, PR_SET_DUMPABLE),
        (RETURN, 0, 0, FAIL | NOT_PERMITTED),
        (RETURN, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
