"""Try to break out of the jail, from inside, before any submission runs in it."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.sandbox.server.seccomp import refuse_calls


def main(settings: str) -> None:
    """Print "holds" and exit with 0, or print what is wrong and exit with 1."""
    wanted = json.loads(settings)
    writable, visible = wanted["writable"], _visible(wanted["secrets"])
    writing = [*_writing(wanted["folders"], writable), *_mounts(writable)]
    faults = [*_network(), *writing, *_privileges(), *visible, *_filter()]
    print("\n".join(faults) or "holds")
    sys.exit(bool(faults))


def _network() -> Iterator[str]:
    others = [name for _, name in socket.if_nameindex() if name != "lo"]
    if others:
        yield f"there is a network: {', '.join(others)}"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection:
        try:
            connection.connect(("192.0.2.1", 9))  # an address that belongs to nobody (RFC 5737)
        except OSError:
            return
        yield "an address outside can be reached"


def _writing(outside: list[str], writable: str) -> Iterator[str]:
    folders = {"/", "/dev", "/dev/shm", "/usr", "/kit", "/submission", sys.prefix, sys.base_prefix}
    for folder in sorted(folders.union(outside)):
        trial = Path(folder) / f"trial-{os.getpid()}"
        try:
            if Path(folder).stat().st_dev == Path(writable).stat().st_dev:
                continue  # inside the writable folder
            trial.write_text("")
        except OSError:
            continue
        trial.unlink()
        yield f"{folder} can be written to"


def _mounts(writable: str) -> Iterator[str]:
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, mounted, _, options, *_ = line.split()
        device = mounted.startswith("/dev/")  # devices are meant to be written to
        if "rw" in options.split(",") and mounted != writable and not device:
            yield f"{mounted} can be written to"


def _privileges() -> Iterator[str]:
    if os.getuid() == 0:
        yield "the code would be root"
    words = dict(
        line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines()
    )
    if int(words["CapEff"], 16) or int(words["CapPrm"], 16):
        yield "the code would have capabilities"
    if words["NoNewPrivs"] != "1":
        yield "the code could gain privileges"
    processes = [path for path in Path("/proc").iterdir() if path.name.isdecimal()]
    if len(processes) > 3:  # bubblewrap's own, and this one
        yield "processes outside are visible"


def _filter() -> Iterator[str]:
    refuse_calls()
    acts: dict[str, Callable[[], object]] = {
        "start a process": os.fork,
        "change a device": lambda: Path("/dev/null").chmod(0o666),
        "open a connection": socket.socket,
    }
    for name, act in acts.items():
        try:
            act()
        except OSError:
            continue
        yield f"the code could {name}"


def _visible(secrets: list[str]) -> Iterator[str]:
    for path in secrets:
        if Path(path).exists():
            yield f"{path} is visible"
