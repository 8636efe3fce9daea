"""The system calls that a submission may make: those of numeric code that reads and writes a few files.

Everything else is refused: new processes, threads and programs, connections, tracing, limits and
priorities, memory that no limit counts, and calls that a kernel will have one day. Threads are refused
because thousands fit into the memory of one process, and the machine has a limited number for everyone.
Owners, modes and times of files are refused because the devices in the jail may be the machine's own.
"""

from __future__ import annotations

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The kernel's constant for each machine's set of system calls (linux/audit.h)."""

ALLOWED: dict[str, tuple[int | None, int | None]] = {
    # Messages to the grader, output, and the clock: most calls by far, so they come first.
    "write": (1, 64),
    "getpid": (39, 172),
    "recvfrom": (45, 207),
    "sendto": (44, 206),
    "clock_gettime": (228, 113),
    "read": (0, 63),
    # Files: reading what is mounted, and writing in the one writable folder.
    "open": (2, None),
    "openat": (257, 56),
    "creat": (85, None),
    "close": (3, 57),
    "close_range": (436, 436),
    "stat": (4, None),
    "fstat": (5, 80),
    "lstat": (6, None),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "lseek": (8, 62),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "readv": (19, 65),
    "writev": (20, 66),
    "preadv": (295, 69),
    "pwritev": (296, 70),
    "getdents": (78, None),
    "getdents64": (217, 61),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "statfs": (137, 43),
    "fstatfs": (138, 44),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "fadvise64": (221, 223),
    "copy_file_range": (326, 285),
    "sendfile": (40, 71),
    "umask": (95, 166),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "fchdir": (81, 50),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "pipe": (22, None),
    "pipe2": (293, 59),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    # Memory.
    "brk": (12, 214),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "madvise": (28, 233),
    "mincore": (27, 232),
    # The connection to the grader.
    "getsockname": (51, 204),
    "getpeername": (52, 205),
    # Signals and timers of the process itself.
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136),
    "rt_sigsuspend": (130, 133),
    "rt_sigtimedwait": (128, 137),
    "sigaltstack": (131, 132),
    "kill": (62, 129),
    "tgkill": (234, 131),
    "pause": (34, None),
    "alarm": (37, None),
    "getitimer": (36, 102),
    "setitimer": (38, 103),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    "restart_syscall": (219, 128),
    # What the process may know of itself and of the machine.
    "getppid": (110, 173),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getgroups": (115, 158),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getpgrp": (111, None),
    "getpgid": (121, 155),
    "getsid": (124, 156),
    "getrlimit": (97, 163),
    "getrusage": (98, 165),
    "getpriority": (140, 141),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120),
    "getcpu": (309, 168),
    "get_mempolicy": (239, 236),
    "getrandom": (318, 278),
    # What the C library and the interpreter do in every process.
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "get_robust_list": (274, 100),
    "set_tid_address": (218, 96),
    "rseq": (334, 293),
    "membarrier": (324, 283),
    "arch_prctl": (158, None),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
"""The number of each call, in the order of `ARCHITECTURES` (asm/unistd.h); None if it has none."""

ALLOWED_WITH: dict[str, tuple[tuple[int, int], int, tuple[int, ...]]] = {
    # From linux/fcntl.h: copies of descriptors, their flags, the size of a pipe. Locks, hints and the
    # receiver of signals stay with the file, which may be one of the machine's own.
    "fcntl": ((72, 25), 1, (0, 1, 2, 3, 4, 1030, 1032)),
    # From asm-generic/ioctls.h: what Python asks of a terminal, a socket or a file that it opens.
    "ioctl": ((16, 29), 1, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),
    # From asm-generic/socket.h: type, error, protocol and domain, which Python asks for. Another option
    # hands out a descriptor of the process at the other end, the grader.
    "getsockopt": ((55, 209), 2, (3, 4, 38, 39)),
    # From linux/prctl.h: the name of a thread.
    "prctl": ((157, 167), 0, (15, 16)),
}
"""Calls with an argument that says what to do: their numbers, which argument, its allowed values."""

UNKNOWN: dict[str, tuple[int, int]] = {"clone3": (435, 435)}
"""Calls answered as by a kernel that does not know them, so that the C library does without."""

FIRST_NEW = 450
"""From this number on, calls are newer than the kernels that this is for, and unknown as well."""
