"""Command-line options of `pytest grader`.

This plugin is named in pyproject.toml and is not part of `conftest.py`: pytest has to know
`--submission` before it looks for those files. Otherwise it would take the submission's folder for a
folder of tests, and run the `conftest.py` in it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grading.job import PUBLIC_SEED
from grader.pytest_plugin.exercise_names import checks_for


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Run the checks of an exercise where someone asks pytest to test the exercise's own file."""
    words: list[str] = early_config.known_args_namespace.file_or_dir
    wanted = checks_for(words)
    if wanted != words:
        args[:] = [*(word for word in args if word not in words), *wanted]
        early_config.known_args_namespace.file_or_dir = wanted


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("grader", "grading a submission")
    group.addoption(
        "--submission",
        metavar="DIR",
        type=Path,
        help="the folder with the exercise files to grade (default: exercises)",
    )
    group.addoption(
        "--results", metavar="FILE", type=Path, help="write the results to FILE as JSON"
    )
    group.addoption(
        "--seed",
        metavar="N",
        type=int,
        default=PUBLIC_SEED,
        help="the seed for the checks' inputs (default: %(default)s)",
    )
    group.addoption(
        "--sandbox",
        action="store_true",
        help="run the submission's code in a sandbox, in its own process",
    )
    group.addoption(
        "--unsafe",
        action="store_true",
        help="run it in its own process without a sandbox; only for code that you trust",
    )
    group.addoption(
        "--limit",
        metavar="NAME=N",
        action="append",
        default=[],
        help="change a limit of the sandbox, such as memory=3000 (docs/security.md lists them)",
    )
