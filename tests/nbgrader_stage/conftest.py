"""Fixtures: a course in its own folder, and nbgrader's own commands."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

from grader.authoring.nbgrader_source import course_files
from tests.conftest import THOROUGH
from tests.nbgrader_stage.handed_in import Due, Handed

ROOT = Path(__file__).resolve().parents[2]
SECRET_SEED = 0x5EC2E7 << 104
"""The seed of the hidden inputs. It is as long as a real one, so that a test can search for it."""


class Ran(NamedTuple):
    """A command's exit status and its output."""

    status: int
    output: str


Nbgrader = Callable[..., Ran]


class GradedClass(NamedTuple):
    """What each student's submission deserves, and what `nbgrader autograde` printed."""

    due: Mapping[str, Due]
    ran: Ran


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new course, with its source."""
    return write_course(tmp_path_factory.mktemp("course"))


def write_course(target: Path) -> Path:
    """Write the source of a course into a folder."""
    for path, text in course_files(ROOT, target).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
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


def once_for_all_processes(
    name: str, factory: pytest.TempPathFactory, make: Callable[[Path], None]
) -> Path:
    """Return a folder that the first process of xdist to need it makes; not to be changed."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not target.exists():
            unfinished = factory.mktemp(name) / name
            make(unfinished)
            unfinished.rename(target)
    return target


@pytest.fixture(scope="session")
def with_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose assignment is generated; not to be changed."""

    def make(folder: Path) -> None:
        write_course(folder)
        home = tmp_path_factory.mktemp("home")
        done = run_nbgrader(folder, home, "generate_assignment", "core")
        assert done.status == 0, done.output

    return once_for_all_processes("with_release", tmp_path_factory, make)


@pytest.fixture(scope="session")
def with_marks(with_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same course when a whole class has been graded; not to be changed."""

    def make(folder: Path) -> None:
        shutil.copytree(with_release, folder)
        handed = Handed(folder)
        handed.write(thorough=THOROUGH)
        ran = run_nbgrader(folder, tmp_path_factory.mktemp("home"), "autograde", "core")
        (folder / "class.pickle").write_bytes(pickle.dumps(GradedClass(handed.due, ran)))

    return once_for_all_processes("with_marks", tmp_path_factory, make)


@pytest.fixture(scope="module")
def released(course: Path, with_release: Path) -> Path:
    """The same course, its assignment generated."""
    return shutil.copytree(with_release, course, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def graded(course: Path, with_marks: Path) -> Path:
    """The same course, its class graded."""
    return shutil.copytree(with_marks, course, dirs_exist_ok=True, symlinks=True)


@pytest.fixture(scope="module")
def graded_class(graded: Path) -> GradedClass:
    """What the class deserves, and what grading it printed."""
    loaded = pickle.loads((graded / "class.pickle").read_bytes())
    assert isinstance(loaded, GradedClass)
    return loaded
