"""The jail around the process of a submission, made by bubblewrap, and the proof that it holds."""

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
from grader.sandbox.limits import MEGABYTE, Limits

ROOT = Path(__file__).resolve().parents[2]
WRITABLE = "/tmp"
"""The only folder of a jail that can be written to: in memory, and small."""
KIT, SUBMISSION = Path("/kit"), Path("/submission")
"""Where the jail shows what it must of the kit, and the submission."""

NEEDED = ("msgpack", "numpy", "scipy", "matplotlib")
"""What an exercise may import, and what its process itself does."""
SHOWN = (
    "grader/__init__.py",
    "grader/runtime",
    "grader/sandbox/__init__.py",
    "grader/sandbox/limits.py",
    "grader/sandbox/protocol",
    "grader/sandbox/server",
    "solutions/layer.py",
    "datasets",
)
"""What of the kit the code in the jail is run by, and may import."""
HIDDEN = ("grader", "solutions", "datasets", "sklearn")
"""What no installation may show: checks, answers, and scikit-learn's copy of the test labels."""
CLOSED = ("--remount-ro", "/", "--chdir", WRITABLE, "--")
"""What a jail's command ends with."""

ENVIRONMENT = {
    "HOME": WRITABLE,
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": WRITABLE,
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUNBUFFERED": "",
    # The networks are small, and with more threads NumPy hangs where address space is short.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # Keep the memory of arrays that come and go. To give it back and have it again page by page takes
    # longer than what is computed with it.
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "1073741824",
}


class SandboxUnavailable(GraderError):
    """There is no jail to be had; the text is for a person and says what to do."""


class Command(NamedTuple):
    """How to start a process for a submission.

    Attributes
    ----------
    arguments : list of str
        The command, up to what closes the jail; none without one.
    folder : Path
        Where the process sees the submission.
    path : list of Path
        Where the process imports from, ahead of everything else.
    absent : sequence of str
        Packages that it can import, but not use.
    """

    arguments: list[str]
    folder: Path
    path: list[Path]
    absent: Sequence[str] = ()

    @property
    def writable(self) -> str:
        """The folder of the jail that can be written to; empty without a jail."""
        return WRITABLE if self.arguments else ""

    def python(self, code: str, *arguments: str) -> list[str]:
        """Return the whole command for a line of Python."""
        path = [str(entry) for entry in self.path]
        code = f"import sys; sys.path[:0] = {path!r}; {code}"
        jail = [*self.arguments, *CLOSED] if self.arguments else []
        return [*jail, sys.executable, "-I", "-c", code, *arguments]

    def without(self, packages: Sequence[str]) -> Command:
        """Return the command for a jail in which some packages cannot be seen either."""
        hidden = _hidden(packages) if self.arguments else []
        return self._replace(arguments=[*self.arguments, *hidden], absent=packages)


def unjailed(folder: Path) -> Command:
    """Return the command without a jail, for code that is trusted."""
    return Command([], folder, [ROOT])


def jailed(folder: Path, limits: Limits) -> Command:
    """Return the command with a jail, in which little but Python and the submission is to be seen.

    Raises
    ------
    SandboxUnavailable
        If bubblewrap is not installed.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxUnavailable(
            "a sandbox needs bubblewrap, which is not installed here. On Debian and Ubuntu: "
            "apt install bubblewrap; on Fedora: dnf install bubblewrap. Where it cannot be had (it is "
            "for Linux only), --unsafe (for nbgrader: GRADER_UNSAFE=1) runs code that you trust in a "
            "process of its own"
        )
    size = str(limits.disk * MEGABYTE)
    arguments = [
        *(program, "--unshare-all", "--unshare-user", "--disable-userns"),
        *("--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL"),
        *("--uid", "65534", "--gid", "65534", "--hostname", "sandbox", "--clearenv"),
        *(word for name, value in ENVIRONMENT.items() for word in ("--setenv", name, value)),
        # The kernel's settings belong to root, which is what the jail's user may be outside.
        *("--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev", "--remount-ro", "/dev"),
        *("--size", size, "--tmpfs", WRITABLE),  # before all that may lie in it
        *_system(),
        *_python(),
        *(word for name in SHOWN for word in _read_only(ROOT / name, KIT / name)),
        *_read_only(folder.resolve(), SUBMISSION),
    ]
    return Command(arguments, SUBMISSION, [KIT, *_sites()])


def prove(command: Command, secrets: Sequence[Path]) -> None:
    """Try from inside to get out, and fail if that succeeds.

    Parameters
    ----------
    command : Command
        Of the jail.
    secrets : sequence of Path
        What must not be visible.

    Raises
    ------
    SandboxUnavailable
        If bubblewrap cannot make the jail, or the jail does not hold.
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
            f"the sandbox does not hold here: {reason or 'it ended without a word'}"
        )


def _read_only(source: Path, target: Path) -> list[str]:
    return ["--ro-bind", str(source), str(target)]


def _system() -> Iterator[str]:
    """Show the system's programs and libraries, the way they lie here."""
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
    """Show the interpreter and the packages, but for those that hold answers."""
    shown = [Path("/usr")]
    for path in (Path(sys.base_prefix), Path(sys.prefix), *_sites()):
        if not any(path.is_relative_to(other) for other in shown):
            shown.append(path)
            yield from _read_only(path.resolve(), path)
    yield from _hidden(HIDDEN)


def _hidden(packages: Sequence[str]) -> Iterator[str]:
    """Cover packages, wherever in what is shown they are installed."""
    roots = {Path("/usr"), Path("/usr/local"), Path(sys.base_prefix), Path(sys.prefix)}
    folders = [path for root in sorted(roots) for path in root.glob("lib*/python3*/*-packages")]
    for folder in dict.fromkeys([*_sites(), *folders]):
        for name in packages:
            if (folder / name).is_dir():
                yield from ("--tmpfs", str(folder / name), "--remount-ro", str(folder / name))


def _sites() -> list[Path]:
    """Return the folders in which the packages lie that a submission may import."""
    found = (find_spec(name) for name in NEEDED)
    origins = (Path(spec.origin) for spec in found if spec and spec.origin)
    return list(dict.fromkeys(origin.parents[1] for origin in origins))
