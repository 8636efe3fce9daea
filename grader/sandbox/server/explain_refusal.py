"""Say what the sandbox refused, where Python's own words would puzzle a student."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from traceback import walk_tb

NO_NETWORK = "there is no network while grading"
NO_WRITING = "while grading, files can be written in /tmp only, and are lost afterwards"
NO_PROGRAMS = "threads, other processes and other programs are not available while grading"


def explain_refusal(error: BaseException) -> str:
    """Return what code may not do here, if that is why it raised an error; otherwise "".

    Parameters
    ----------
    error : BaseException
        What a submission raised.
    """
    if isinstance(error, RuntimeError) and "can't start new thread" in error.args:
        return NO_PROGRAMS
    reason = getattr(error, "reason", None)  # of a urllib.error.URLError
    cause = reason if isinstance(reason, OSError) else error
    if isinstance(cause, socket.gaierror):
        return NO_NETWORK
    if not isinstance(cause, OSError):
        return ""
    if cause.errno == errno.EROFS:
        return NO_WRITING
    if cause.errno in (errno.EPERM, errno.ENOSYS):
        return NO_NETWORK if any("socket" in name for name in _files(cause)) else NO_PROGRAMS
    return ""


def _files(error: BaseException) -> Iterator[str]:
    """Yield the name of each file whose code was being executed."""
    for frame, _ in walk_tb(error.__traceback__):
        yield frame.f_code.co_filename
