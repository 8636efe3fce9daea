"""Start a submission's process in a bubblewrap jail, and prove that the jail holds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from grader.runtime.errors import GraderError
from grader.runtime.provided_files import PROVIDED
from grader.sandbox.resource_limits import MEGABYTE, Limits

ROOT = Path(__file__).resolve().parents[2]
WRITABLE = "/tmp"
"""The only writable folder in a jail: small, and in memory."""
KIT, SUBMISSION = Path("/kit"), Path("/submission")
"""Where the jail mounts parts of the kit, and the submission."""

PACKAGES = ("msgpack", "numpy", "scipy", "matplotlib")
"""What exercises may import, and what the server needs itself."""
MOUNTED = (
    "grader/__init__.py",
    "grader/runtime",
    "grader/sandbox/__init__.py",
    "grader/sandbox/resource_limits.py",
    "grader/sandbox/protocol",
    "grader/sandbox/server",
    *(f"solutions/{name}" for name in PROVIDED),
    "datasets",
)
"""The parts of the kit that run student code in the jail, or that it may import."""
HIDDEN_PACKAGES = ("grader", "solutions", "datasets", "sklearn")
"""Never visible, even where installed: checks, answers, and scikit-learn's copy of the test labels."""
FINAL_ARGUMENTS = ("--remount-ro", "/", "--chdir", WRITABLE, "--")
"""Come last in a jail's command, once everything is mounted."""

ENVIRONMENT = {
    "HOME": WRITABLE,
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": WRITABLE,
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUNBUFFERED": "",
    # The networks are small, and with several threads NumPy hangs when address space runs short.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # Keep the memory of freed arrays. Returning it to the kernel and getting it back page by page
    # takes longer than the computations.
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "1073741824",
}


class SandboxUnavailable(GraderError):
    """The sandbox is not available; the text tells the user what to do."""


class Command(NamedTuple):
    """How to start a process for a submission.

    Attributes
    ----------
    arguments : list of str
        The bubblewrap command, without its final arguments; empty if there is no jail.
    folder : Path
        Where the process sees the submission.
    path : list of Path
        What comes first in the import path.
    blocked : sequence of str
        Packages that the process can import, but not use.
    """

    arguments: list[str]
    folder: Path
    path: list[Path]
    blocked: Sequence[str] = ()

    @property
    def writable(self) -> str:
        """The jail's writable folder; empty if there is no jail."""
        return WRITABLE if self.arguments else ""

    def python(self, code: str, *arguments: str) -> list[str]:
        """Return the whole command that runs a line of Python."""
        path = [str(entry) for entry in self.path]
        code = f"import sys; sys.path[:0] = {path!r}; {code}"
        jail = [*self.arguments, *FINAL_ARGUMENTS] if self.arguments else []
        return [*jail, sys.executable, "-I", "-c", code, *arguments]

    def without(self, packages: Sequence[str]) -> Command:
        """Return the command for a jail that hides some more packages."""
        hidden = _hidden(packages) if self.arguments else []
        return self._replace(arguments=[*self.arguments, *hidden], blocked=packages)


def unjailed(folder: Path) -> Command:
    """Return the command that runs trusted code without a jail."""
    return Command([], folder, [ROOT])


def jailed(folder: Path, limits: Limits) -> Command:
    """Return the command for a jail that shows little more than Python and the submission.

    Raises
    ------
    SandboxUnavailable
        If bubblewrap is not installed.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxUnavailable(
            "the sandbox needs bubblewrap, which is not installed. On Debian and Ubuntu: "
            "apt install bubblewrap; on Fedora: dnf install bubblewrap. Bubblewrap runs on Linux only. "
            "Elsewhere, --unsafe (for nbgrader: GRADER_UNSAFE=1) runs code that you trust in a "
            "separate process without a sandbox"
        )
    size = str(limits.disk * MEGABYTE)
    arguments = [
        *(program, "--unshare-all", "--unshare-user", "--disable-userns"),
        *("--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL"),
        *("--uid", "65534", "--gid", "65534", "--hostname", "sandbox", "--clearenv"),
        *(word for name, value in ENVIRONMENT.items() for word in ("--setenv", name, value)),
        # The kernel's settings belong to root, and outside the jail its user may be root.
        *("--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev", "--remount-ro", "/dev"),
        *("--size", size, "--tmpfs", WRITABLE),  # first, since other mounts may lie inside it
        *_system(),
        *_python(),
        *(word for name in MOUNTED for word in _read_only(ROOT / name, KIT / name)),
        *_read_only(folder.resolve(), SUBMISSION),
    ]
    return Command(arguments, SUBMISSION, [KIT, *_sites()])


def prove(command: Command, secrets: Sequence[Path]) -> None:
    """Try to break out of a jail, and raise an error if that succeeds.

    Parameters
    ----------
    command : Command
        How to start the jail.
    secrets : sequence of Path
        What must not be visible.

    Raises
    ------
    SandboxUnavailable
        If bubblewrap cannot start the jail, or the jail does not hold.
    """
    hidden = [str(path.resolve()) for path in secrets]
    settings = json.dumps({"folders": [str(Path.cwd())], "secrets": hidden, "writable": WRITABLE})
    code = "from grader.sandbox.server.escape_probe import main; main(sys.argv[1])"
    done = subprocess.run(
        command.python(code, settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={},
    )
    if done.returncode != 0 or done.stdout != "holds\n":
        reason = (done.stdout + done.stderr).strip().replace("\n", "; ")
        raise SandboxUnavailable(
            f"the sandbox does not hold on this machine: {reason or 'the probe printed nothing'}"
        )


def _read_only(source: Path, target: Path) -> list[str]:
    return ["--ro-bind", str(source), str(target)]


def _system() -> Iterator[str]:
    """Mount the system's programs and libraries where this machine has them."""
    yield from _read_only(Path("/usr"), Path("/usr"))
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), name)
        elif path.is_dir():
            yield from _read_only(path, path)
    for name in ("/etc/ld.so.cache", "/etc/alternatives"):  # Debian's NumPy finds its library there
        yield from ("--ro-bind-try", name, name)


def _python() -> Iterator[str]:
    """Mount the interpreter and the packages, except those that contain answers."""
    shown = [Path("/usr")]
    for path in (Path(sys.base_prefix), Path(sys.prefix), *_sites()):
        if not any(path.is_relative_to(other) for other in shown):
            shown.append(path)
            yield from _read_only(path.resolve(), path)
    yield from _hidden(HIDDEN_PACKAGES)


def _hidden(packages: Sequence[str]) -> Iterator[str]:
    """Cover packages wherever they are installed in the mounted folders."""
    roots = {Path("/usr"), Path("/usr/local"), Path(sys.base_prefix), Path(sys.prefix)}
    folders = [path for root in sorted(roots) for path in root.glob("lib*/python3*/*-packages")]
    for folder in dict.fromkeys([*_sites(), *folders]):
        for name in packages:
            if (folder / name).is_dir():
                yield from ("--tmpfs", str(folder / name), "--remount-ro", str(folder / name))


def _sites() -> list[Path]:
    """Return the folders of the packages that a submission may import."""
    found = (find_spec(name) for name in PACKAGES)
    origins = (Path(spec.origin) for spec in found if spec and spec.origin)
    return list(dict.fromkeys(origin.parents[1] for origin in origins))
