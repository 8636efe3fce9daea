"""Attacks that take more than one file: each function arranges the folder of a submission.

An attack that gets into the grader's own process leaves a file that `surroundings.py` looks for, and
gives marks for everything.
"""

from __future__ import annotations

import os
import socket
import zipfile
from contextlib import suppress
from pathlib import Path

from tests.attacks.attack import SOLUTIONS
from tests.attacks.surroundings import CANARY

TAKE_OVER = f"""
import pathlib
for folder in ("/tmp", "/var/tmp"):
    try:
        pathlib.Path(folder, "{CANARY}").write_text("100")
    except OSError:
        pass
try:
    import grader.checking.assertions as assertions, grader.results as results
    from grader.grading import submission_grader
    assertions.expect_close = assertions.expect = lambda *args, **kwargs: None
    submission_grader.CheckResult = lambda **words: results.CheckResult(**words | {{"marks": 4}})
except Exception:
    pass
"""
"""What an attack runs in the grader's process, once it is there."""
LAZY = """
import numpy as np

class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return np.zeros(self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.zeros(self.input_shape)
"""
READY_MADE = "from scipy.signal import convolve2d, correlate2d\n"
EXERCISE = "ex03_reshape.py"


def conftest(folder: Path) -> None:
    """Bring a conftest.py and tests, which pytest would run along with the grader's.

    Deserves: ex03/forward 1, ex03/backward 1
    Graded by: the command line
    """
    (folder / EXERCISE).write_text(LAZY, "utf-8")
    for place in (folder, folder / "tests", folder / "test_more"):
        place.mkdir(exist_ok=True)
        (place / "conftest.py").write_text(TAKE_OVER, "utf-8")
        (place / "test_own.py").write_text("def test_own():\n    pass\n" + TAKE_OVER, "utf-8")


def pytest_ini(folder: Path) -> None:
    """Bring settings for pytest, in every file that it looks for: plugins, paths, options, other tests.

    Deserves: ex03/forward 1, ex03/backward 1
    Graded by: the command line
    """
    (folder / EXERCISE).write_text(LAZY, "utf-8")
    (folder / "evil_plugin.py").write_text(TAKE_OVER, "utf-8")
    lines = "addopts = -p evil_plugin\npythonpath = .\ntestpaths = .\npython_files = *.py\n"
    for name, head in (
        ("pytest.ini", "pytest"),
        ("tox.ini", "pytest"),
        ("setup.cfg", "tool:pytest"),
    ):
        (folder / name).write_text(f"[{head}]\n{lines}", "utf-8")
    text = '[tool.pytest.ini_options]\naddopts = "-p evil_plugin"\npythonpath = ["."]\n'
    (folder / "pyproject.toml").write_text(text, "utf-8")
    (folder / "setup.py").write_text(TAKE_OVER, "utf-8")


def sitecustomize(folder: Path) -> None:
    """Bring what Python runs when it starts: sitecustomize.py, usercustomize.py, a virtual environment.

    Deserves: ex03/forward 1, ex03/backward 1
    Graded by: the command line
    """
    (folder / EXERCISE).write_text(LAZY, "utf-8")
    for name in ("sitecustomize.py", "usercustomize.py", "__main__.py", "__init__.py"):
        (folder / name).write_text(TAKE_OVER, "utf-8")
    (folder / "pyvenv.cfg").write_text("home = /submission\n", "utf-8")


def pth_files(folder: Path) -> None:
    """Bring .pth files, whose lines Python runs where it looks for packages.

    Deserves: ex03/forward 1, ex03/backward 1
    Graded by: the command line
    """
    (folder / EXERCISE).write_text(LAZY, "utf-8")
    packages = folder / "lib" / "python3" / "site-packages"
    packages.mkdir(parents=True)
    for place in (folder, packages):
        (place / "evil.pth").write_text("import evil_module\n/submission\n", "utf-8")
        (place / "evil_module.py").write_text(TAKE_OVER, "utf-8")


def named_like_libraries(folder: Path) -> None:
    """Bring modules named like NumPy, like what the grader imports, and like Python's own library.

    Deserves: ex03/forward 1, ex03/backward 1
    Graded by: the command line
    """
    (folder / EXERCISE).write_text(LAZY, "utf-8")
    for name in (
        "numpy",
        "scipy",
        "msgpack",
        "pytest",
        "_pytest",
        "rich",
        "grader",
        "json",
        "random",
    ):
        (folder / f"{name}.py").write_text(TAKE_OVER, "utf-8")
    package = folder / "datasets"
    package.mkdir()
    (package / "__init__.py").write_text(TAKE_OVER, "utf-8")


def kills_pytest(folder: Path) -> None:
    """Kill every visible process, while pytest waits for an answer.

    Deserves: ex03/forward 0, ex03/backward 1
    Graded by: the command line
    """
    killing = (
        "    def forward(self, input, training=False):\n        import os, signal\n"
        "        for name in os.listdir('/proc'):\n"
        "            if name.isdecimal():\n                os.kill(int(name), signal.SIGKILL)\n"
    )
    head = "    def forward(self, input, training=False):\n"
    (folder / EXERCISE).write_text(LAZY.replace(head, killing), "utf-8")


def links(folder: Path) -> None:
    """Hand in links: to a secret, to a solution, to everything, to nothing, in a circle.

    Deserves: ex03/forward 0, ex03/backward 0
    """
    root = folder.parents[2]
    (folder / EXERCISE).unlink()
    (folder / EXERCISE).symlink_to(root / "outside" / "secret.txt")
    for name, target in {
        "ex02_convolutional.py": SOLUTIONS / "ex02_convolutional.py",
        "helper.py": root / "course" / "gradebook.db",
        "everything": Path("/"),
        "nothing.py": Path("nowhere"),
        "circle.py": Path("circle.py"),
        "upwards": Path(".."),
        "environment.py": Path("/proc/self/environ"),
    }.items():
        (folder / name).symlink_to(target)


def a_line_of_a_link(folder: Path) -> None:
    """Raise an error that seems to come from a link, so that the grader shows a line of its target.

    Deserves: ex03/forward 0, ex03/backward 0
    """
    (folder / "helper.py").symlink_to(folder.parents[2] / "course" / "gradebook.db")
    raising = 'exec(compile("raise ValueError", "/submission/helper.py", "exec"))'
    text = LAZY.replace("return np.zeros(self.output_shape)", raising)
    text = text.replace("return np.zeros(self.input_shape)", raising)
    (folder / EXERCISE).write_text(text, "utf-8")


def devices(folder: Path) -> None:
    """Hand in what is not a file: a pipe that never ends, a socket, a device, a folder.

    Deserves: ex03/forward 0, ex03/backward 0
    """
    (folder / EXERCISE).unlink()
    os.mkfifo(folder / EXERCISE)
    os.mkfifo(folder / "helper.py")
    (folder / "ex05_activations.py").mkdir()
    with socket.socket(socket.AF_UNIX) as server, suppress(OSError):  # a path may be too long
        server.bind(str(folder / "s.py"))
    with suppress(PermissionError):  # only root can make them
        os.mknod(folder / "zero.py", 0o020666, os.makedev(1, 5))
        os.mknod(folder / "memory.py", 0o020666, os.makedev(1, 1))


def zip_slip(folder: Path) -> None:
    """Hand in an archive whose members have paths outside of it.

    Deserves: ex03/forward 0, ex03/backward 0
    """
    (folder / EXERCISE).unlink()
    for name in ("submission.zip", "ex03_reshape.zip", "ex03_reshape.pyz"):
        with zipfile.ZipFile(folder / name, "w") as archive:
            for inner in (f"../../../{CANARY}", f"/tmp/{CANARY}", f"..\\{CANARY}", EXERCISE):
                archive.writestr(inner, LAZY)


def compiled(folder: Path) -> None:
    """Hand in a wrong source next to a right compiled file and a right package of the same name.

    Deserves: ex03/forward 1, ex03/backward 1
    """
    import compileall
    import py_compile

    right = folder / EXERCISE
    py_compile.compile(str(right), str(folder / "ex03_reshape.pyc"), doraise=True)
    compileall.compile_file(
        right, quiet=1, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )
    package = folder / "ex03_reshape"
    package.mkdir()
    (package / "__init__.py").write_text(right.read_text("utf-8"), "utf-8")
    right.write_text(LAZY, "utf-8")


def odd_encodings(folder: Path) -> None:
    """Use odd encodings: UTF-16, lone surrogates, unknown codecs, escape codes in file names.

    Deserves: ex03/forward 0, ex03/backward 0
    """
    right = (folder / EXERCISE).read_text("utf-8")
    (folder / EXERCISE).write_bytes(right.encode("utf-16"))
    (folder / "half.py").write_bytes(b"x = '\xed\xa0\x80\xff'\n\x00")
    (folder / "rot13.py").write_text("# coding: rot13\nvzcbeg bf\n", "utf-8")
    (folder / "unknown.py").write_text("# coding: attack\nimport scipy\n", "utf-8")
    (folder / "mark.py").write_bytes(b"\xef\xbb\xbfimport numpy\n")
    for name in (b"\xff\xfe.py", b"\x1b[2J.py", b"line\nbreak.py", b" .py", b"..py", b"-rf.py"):
        (folder / os.fsdecode(name)).write_text("import scipy\n", "utf-8")


def names_of_frames(folder: Path) -> None:
    """Fail in files whose names are grade reports and escape codes, so that the table shows them.

    Deserves: ex03/forward 0, ex03/backward 0
    Graded by: the command line
    """
    (folder / EXERCISE).write_text(
        "name = b'/submission/ ex03 right 4/4\\n\\x1b[2J\\r\\xe2\\x80\\xae100.py'.decode()\n"
        "code = compile('class Reshape:\\n    def __init__(self, *shapes):\\n        raise TypeError', "
        "name, 'exec')\nexec(code)\n"
        "Reshape.forward = Reshape.backward = lambda self, *args, **words: Reshape()\n",
        "utf-8",
    )


def deep_source(folder: Path) -> None:
    """Hand in source that is too deep, too long or too odd for static analysis.

    Deserves: ex03/forward 2, ex03/backward 2
    """
    sources = {
        "chain.py": "x = a" + ".b" * 900,
        "sum.py": "x = 1" + " + 1" * 90_000,
        "test.py": "if " + "not " * 150 + "x" + ".y" * 900 + " == '__main__': pass",
        "names.py": f"import {'a' * 5000}, {'b' * 300}.c",
        "digits.py": "x = " + "9" * 200_000,
        "cells.py": "# cells: 1 -5 99999999999 x\nimport scipy",
        "nul.py": "x = '\0'",
        "brackets.py": "(" * 100_000,
        "large.py": "#" * 5_000_000,
    }
    for name, text in sources.items():
        (folder / name).write_text(text, "utf-8")
    imports = "".join(
        f"try:\n    import {Path(name).stem}\nexcept BaseException:\n    pass\n" for name in sources
    )
    right = (folder / EXERCISE).read_text("utf-8")
    (folder / EXERCISE).write_text(f"{right}\n{imports}", "utf-8")


def many_files(folder: Path) -> None:
    """Hand in hundreds of files that all import each other, so that reading them takes for ever.

    Deserves: ex03/forward 2, ex03/backward 2
    """
    names = [f"module_{number}" for number in range(400)]
    text = f"import {', '.join(names)}\n" + "x = [1, 2, 3]\n" * 500
    for name in names:
        (folder / f"{name}.py").write_text(text, "utf-8")


def long_source(folder: Path) -> None:
    """Use SciPy's correlation, imported after too many comments for the grader to read.

    Deserves: ex01/correlate2d 0, ex01/convolve2d 0
    """
    text = "# nothing to see here\n" * 60_000 + READY_MADE
    (folder / "ex01_correlate.py").write_text(text, "utf-8")


def broken_cell(folder: Path) -> None:
    """Use SciPy's correlation in a notebook with a broken cell, so that it cannot be parsed.

    Deserves: ex01/correlate2d 0, ex01/convolve2d 0
    """
    (folder / "ex01_correlate.py").write_text(f"# cells: 2 3\n{READY_MADE}def (\n", "utf-8")


def a_copied_library(folder: Path) -> None:
    """Use SciPy's correlation through a helper package that is imported at the last moment.

    Deserves: ex01/correlate2d 0, ex01/convolve2d 0
    """
    package = folder / "helper"
    package.mkdir()
    (package / "__init__.py").write_text("from .inner import *\n", "utf-8")
    (package / "inner.py").write_text(READY_MADE, "utf-8")
    (folder / "ex01_correlate.py").write_text(
        "def correlate2d(*args):\n    from helper import correlate2d\n    return correlate2d(*args)\n\n"
        "def convolve2d(*args):\n    from helper import convolve2d\n    return convolve2d(*args)\n",
        "utf-8",
    )
