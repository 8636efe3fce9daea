"""The first process of a jail; `client/worker_process.py` is its other end.

It imports what is slow to import, and never runs a submission's code. For each exercise it forks a
child (`worker.py`), so no exercise can spoil the modules of another, and a child that dies costs
little.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import NoReturn

from grader.sandbox.resource_limits import Limits
from grader.sandbox.server.apply_resource_limits import limit_resources
from grader.sandbox.server.blocked_imports import block_imports
from grader.sandbox.server.channel import Channel
from grader.sandbox.server.seccomp import hide_memory, refuse_calls
from grader.sandbox.server.tmp_audit import TmpAudit
from grader.sandbox.server.worker import Worker

MOMENT = 0.1
"""Seconds that a child has to end by itself once the grader has hung up."""
LOOK = 0.05
"""Seconds between looks at how many files there are. The kernel's memory for them belongs to no
process, and bubblewrap cannot limit their number. Some thousands can be made in this time."""


def main(settings: str) -> NoReturn:
    """Serve the grader, over what is standard input at the start, until it hangs up."""
    wanted = json.loads(settings)
    grader = Channel(_take_over_input())
    hide_memory()
    # Children cannot send the first process of a jail a signal that it does not handle.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    limit_resources(Limits(**wanted["limits"]))
    block_imports(wanted["blocked"])
    # Imported modules stay. Collecting garbage in them takes time and copies them in every child.
    gc.disable()
    for name in wanted["preload"]:
        importlib.import_module(name)
    gc.freeze()
    audit = TmpAudit(wanted["writable"])
    grader.send(["ready"])
    child, has_too_many_files = 0, False
    while True:
        while not grader.has_message(LOOK):
            if child and audit.files() > wanted["limits"]["files"]:
                has_too_many_files = True
                os.kill(child, signal.SIGKILL)
        match grader.receive():
            case ["start"]:
                child, has_too_many_files = _start_child(grader, Path(wanted["folder"])), False
            case ["end"]:
                grader.send(["ended", _end_child(child), has_too_many_files])
                child = 0
            case _:
                grader.send(["changed" if audit.found() else "clean"])


def _start_child(grader: Channel, folder: Path) -> int:
    """Fork a child that talks to the grader over its own connection; return its process id."""
    connection, pipe = grader.receive_descriptors(2)
    child = os.fork()
    if child == 0:
        grader.close()
        # A file open in parent and child would carry settings and signals from one child to the next.
        _replace(0, os.open(os.devnull, os.O_RDONLY))
        os.dup2(pipe, 2)
        _replace(1, pipe)
        os.setsid()
        gc.enable()
        refuse_calls()
        Worker(Channel(socket.socket(fileno=connection)), folder).serve()
    os.close(connection)
    os.close(pipe)
    return child


def _end_child(child: int) -> int:
    """Wait until a process ends, kill it if it does not, and return its exit status."""
    deadline = time.monotonic() + MOMENT
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.001)
    return os.waitstatus_to_exitcode(ended[1])


def _take_over_input() -> socket.socket:
    """Return the connection to the grader, and leave the code an empty standard input."""
    connection = socket.socket(fileno=os.dup(0))
    _replace(0, os.open(os.devnull, os.O_RDONLY))
    return connection


def _replace(number: int, other: int) -> None:
    """Move an open file from one descriptor (`other`) to another (`number`)."""
    os.dup2(other, number)
    os.close(other)
