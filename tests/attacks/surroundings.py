"""Set up a course around an attack, and find out what the attack read, changed or left there."""

from __future__ import annotations

import ctypes
import gzip
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import sklearn

ROOT = Path(__file__).resolve().parents[2]
WATCHED = ("datasets", "exercises", "grader", "solutions", "tests")
CANARY = "attack-was-here"
"""The name of every file that the attacks write where they should not be able to."""
CANARY_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/")
BROKEN_OUT = "BROKEN OUT"
"""What an attack prints when it got out of the jail and could do harm."""
PORT = "port.txt"
"""The file that tells an attack the port of a server that it should not reach."""
PR_SET_CHILD_SUBREAPER = 36
MOMENT = 3.0


class Surroundings:
    """A course in which one submission is an attack.

    Parameters
    ----------
    root : Path
        An empty folder for the course.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.submission = root / "course" / "submitted" / "attacker"
        self.submission.mkdir(parents=True)
        self.seed = secrets.randbits(128)
        environment, file, other, gradebook = (secrets.token_hex(16) for _ in range(4))
        self.environment = {"ATTACK_SECRET": environment, "HOME": str(root / "home")}
        for path, text in {
            "outside/secret.txt": file,
            "course/submitted/other/ex03_reshape.py": f"# {other}\n",
            "course/gradebook.db": gradebook,
            "home/.profile": file,
            "cwd/notes.txt": file,
        }.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        digits = Path(sklearn.__file__).parent / "datasets" / "data" / "digits.csv.gz"
        self.secrets = {
            "the environment": environment,
            "a file outside": file,
            "another submission": other,
            "the gradebook": gradebook,
            "the seed": str(self.seed),
            "a solution": "input_gradient[j] += convolve2d(",
            "the checks": "windows = sliding_window_view(image, (kernel_height, kernel_width))",
            "a breakout": BROKEN_OUT,
            "the test labels": gzip.decompress(digits.read_bytes()).decode().partition("\n")[0],
        }
        solution = (ROOT / "solutions" / "ex02_convolutional.py").read_text("utf-8")
        assert self.secrets["a solution"] in solution
        assert self.secrets["the checks"] in (ROOT / "grader/checking/oracles.py").read_text(
            "utf-8"
        )
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0)
        port = self._server.getsockname()[1]
        (self.submission / PORT).write_text(f"{port}\n", "utf-8")

    @contextmanager
    def watched(self, faults: list[str]) -> Iterator[None]:
        """Report what a block changed, and what it left running."""
        before, children = self._files(), _children()
        # A process that outlives its parent becomes a child of this process.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        try:
            with chdir(self.root / "cwd"), patch.dict(os.environ, self.environment):
                yield
        finally:
            ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        faults += [f"process {pid} was left running" for pid in _left(children)]
        after = self._files()
        faults += [
            f"{path} was changed"
            for path in sorted(before.keys() | after.keys())
            if before.get(path) != after.get(path)
        ]
        faults += [
            f"{path}/{CANARY} was written" for path in CANARY_FOLDERS if Path(path, CANARY).exists()
        ]
        with suppress(BlockingIOError):
            self._server.accept()
            faults.append("a server was reached")

    @contextmanager
    def solved_instead(self, exercises: Iterable[str]) -> Iterator[None]:
        """Put solutions into the submission's folder for the duration of a block."""
        status = self.submission.stat()
        with TemporaryDirectory(dir=self.root.parent) as name:
            for path in self.submission.iterdir():
                path.rename(Path(name, path.name))
            for exercise in exercises:
                shutil.copy(ROOT / "solutions" / f"{exercise}.py", self.submission)
            yield
            for path in self.submission.iterdir():
                path.unlink()
            for path in Path(name).iterdir():
                path.rename(self.submission / path.name)
        os.utime(self.submission, ns=(status.st_atime_ns, status.st_mtime_ns))

    def leaks(self, text: str) -> list[str]:
        """List the secrets that occur in a text."""
        return [f"{name} was revealed" for name, secret in self.secrets.items() if secret in text]

    def close(self) -> None:
        """Stop the server."""
        self._server.close()

    def _files(self) -> dict[Path, tuple[int, ...]]:
        found = {}
        for top in (self.root, *(ROOT / name for name in WATCHED)):
            for folder, folders, names in os.walk(top):
                folders[:] = [name for name in folders if name != "__pycache__"]
                for path in (Path(folder, name) for name in (*folders, *names)):
                    status = path.lstat()
                    size = 0 if path.is_dir() else status.st_size
                    time_ = 0 if ROOT in path.parents and path.is_dir() else status.st_mtime_ns
                    found[path] = (status.st_mode, size, time_)
        return found


def _left(before: set[int]) -> set[int]:
    """Return the new children of this process that are still there after a moment."""
    deadline = time.monotonic() + MOMENT
    while left := _children() - before:
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        if time.monotonic() > deadline:
            break
        time.sleep(0.005)
    return left


def _children() -> set[int]:
    """Return the processes whose parent is this one."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found.add(int(path.parent.name))
    return found
