"""Fixtures: a course in its own folder, and nbgrader's own commands."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

from grader.authoring.nbgrader_source import course_files

ROOT = Path(__file__).resolve().parents[2]
SECRET_SEED = 0x5EC2E7 << 104
"""The seed of the hidden inputs. It is as long as a real one, so that a test can search for it."""


class Ran(NamedTuple):
    """A command's exit status and its output."""

    status: int
    output: str


Nbgrader = Callable[..., Ran]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new course, with its source."""
    return write_course(tmp_path_factory.mktemp("course"))


def write_course(target: Path) -> Path:
    """Write the source of a course into a folder."""
    for path, text in course_files(ROOT).items():
        copy = target / path.relative_to(ROOT / "course")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, "utf-8")
    return target


@pytest.fixture(scope="module")
def nbgrader(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Nbgrader:
    """Run a command of nbgrader's as its user does."""
    return partial(run_nbgrader, course, tmp_path_factory.mktemp("home"))


def run_nbgrader(course: Path, home: Path, *words: str, cwd: Path = ROOT, **variables: str) -> Ran:
    """Run a command of nbgrader's on a course, in a home of its own."""
    env = {**os.environ, "GRADER_COURSE": str(course), "HOME": str(home)}
    env["GRADER_SEED"] = str(SECRET_SEED)
    done = subprocess.run(
        ["nbgrader", *words],
        cwd=cwd,
        env=env | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout)


@pytest.fixture(scope="session")
def with_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose assignment is generated, once for all processes of xdist; not to be changed."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    target = shared / "with_release"
    with FileLock(shared / "with_release.lock"):
        if not target.exists():
            course = write_course(tmp_path_factory.mktemp("source"))
            home = tmp_path_factory.mktemp("home")
            done = run_nbgrader(course, home, "generate_assignment", "core")
            assert done.status == 0, done.output
            course.rename(target)
    return target


@pytest.fixture(scope="module")
def released(course: Path, with_release: Path) -> Path:
    """The same course, its assignment generated."""
    return shutil.copytree(with_release, course, dirs_exist_ok=True)
