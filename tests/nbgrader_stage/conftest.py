"""A course in a folder of its own, run with nbgrader's own commands."""

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
"""What hidden inputs are drawn from here; as long as the real one, so that a test can look for it."""


class Ran(NamedTuple):
    """How a command ended, and what it said."""

    status: int
    output: str


Nbgrader = Callable[..., Ran]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new course, with its source."""
    target = tmp_path_factory.mktemp("course")
    for path, text in course_files(ROOT).items():
        copy = target / path.relative_to(ROOT / "course")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, "utf-8")
    return target


@pytest.fixture(scope="module")
def nbgrader(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Nbgrader:
    """Run a command of nbgrader's as its user does."""
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
    """The same course, its assignment generated."""
    done = nbgrader("generate_assignment", "core")
    assert done.status == 0, done.output
    return course
