"""What the kit's own tests share: grading a folder, in this process or as a user does."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

try:
    from hypothesis import settings
except ModuleNotFoundError:
    sys.exit(
        "These are the tests of the kit itself, and need `pip install --editable '.[dev]'`.\n"
        "To grade the exercises: pytest grader"
    )

from datasets import Dataset, load_digits
from grader import results_file
from grader.checking.course import all_parts
from grader.grading.submission_grader import SubmissionGrader
from grader.runtime.time_limit import limit
from grader.submissions.local_submission import LocalSubmission
from tests.properties import profiles

settings.load_profile(profiles.FEW)

ROOT = Path(__file__).resolve().parents[1]
SOLUTIONS = ROOT / "solutions"
THOROUGH = os.environ.get("THOROUGH") == "1"
"""Whether to grade everything in all ways: `tox -e course`."""
NO_PLUGINS = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
WITH_PLUGINS = {NO_PLUGINS: None}
"""For `run_grader`: with the plugins that are installed, such as xdist, as a user has them."""


SLOW_FIRST = (
    "tests/nbgrader_stage/test_course",
    "tests/attacks",
    "tests/nbgrader_stage",
    "tests/new_exercises",
    "tests/sandbox",
)
"""What takes long, longest first: begun last, it would leave one of two processes idle at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow files (this counts with `--no-loadscope-reorder`)."""

    def place(item: pytest.Item) -> int:
        slow = (n for n, start in enumerate(SLOW_FIRST) if item.nodeid.startswith(start))
        return next(slow, len(SLOW_FIRST))

    items.sort(key=place)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def solutions() -> Path:
    """The folder of the reference."""
    return SOLUTIONS


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the solutions, to be spoiled."""
    return shutil.copytree(
        SOLUTIONS, tmp_path / "copy", ignore=shutil.ignore_patterns("__pycache__")
    )


Load = Callable[[], Dataset]
load_digits_once = cache(load_digits)

Grade = Callable[..., dict[str, dict[str, Any]]]


@pytest.fixture(scope="session")
def grade() -> Grade:
    """Grade a folder in this process, without pytest: `grade(folder, "ex02", seed=3)`.

    What comes back are the parts of `results.json`, by their ids; known mistakes are not named.
    """

    def run(
        folder: Path, *exercises: str, seed: int = 0, load: Load = load_digits_once
    ) -> dict[str, dict[str, Any]]:
        grader = SubmissionGrader(LocalSubmission(folder), seed, load, name_mistakes=False)
        return {
            part.id: results_file.to_document(grader.run_part(part))
            for part in all_parts()
            if (part.exercise.startswith(exercises) if exercises else part.target)
        }

    return run


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every time limit of this process come five times as early: a loop has to be waited for."""
    importlib.import_module("scipy.signal")  # which takes its time where it is the first to be so
    at_most = limit.at_most
    monkeypatch.setattr(limit, "at_most", lambda seconds: at_most(seconds / 5))


class Run(NamedTuple):
    """What a command printed, how it ended, and the results that it wrote."""

    output: str
    status: int
    results: Any


@pytest.fixture
def run_grader(tmp_path: Path) -> Callable[..., Run]:
    """Run `pytest grader` as a user does, in a process of its own."""
    return partial(grader_run, tmp_path)


def grader_run(
    folder: Path, *arguments: str | Path, env: Mapping[str, str | None] | None = None
) -> Run:
    """Run `pytest grader`, which writes its results into a folder.

    Only the plugins of the kit are loaded, which saves two seconds of each run; with those that are
    installed: `env=WITH_PLUGINS`.
    """
    target = folder / "results.json"
    target.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "grader", "--results", target, *arguments]
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=environment(env or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    document = json.loads(target.read_text("utf-8")) if target.exists() else None
    return Run(done.stdout + done.stderr, done.returncode, document)


def environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """Return this process's environment with some changes; None takes a variable out."""
    usual = {"COLUMNS": "200", NO_PLUGINS: "1"}
    variables: dict[str, str | None] = {**os.environ, **usual, **changes}
    return {name: value for name, value in variables.items() if value is not None}
