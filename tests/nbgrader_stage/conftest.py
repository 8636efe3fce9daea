"""Fixtures: a course in its own folder, and nbgrader's own commands."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

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
    """Make a new course with its source."""
    target = tmp_path_factory.mktemp("course")
    for path, text in course_files(ROOT).items():
        copy = target / path.relative_to(ROOT / "course")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, "utf-8")
    return target


@pytest.fixture(scope="module")
def nbgrader(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Nbgrader:
    """Return a function that runs a command of nbgrader, as a user would."""
    home = tmp_path_factory.mktemp("home")

    def run(*words: str, cwd: Path = ROOT, **variables: str) -> Ran:
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

    return run


@pytest.fixture(scope="module")
def released(course: Path, nbgrader: Nbgrader) -> Path:
    """Generate the assignment of the same course."""
    done = nbgrader("generate_assignment", "core")
    assert done.status == 0, done.output
    return course
