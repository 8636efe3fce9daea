"""What can be said about a grading on pytest's command line.

A plugin that pyproject.toml names, and no part of `conftest.py`: pytest has to know `--submission`
before it looks for those, or it takes the folder for one of tests, and runs what it finds there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grading.job import PUBLIC_SEED


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what can be said about a grading."""
    group = parser.getgroup("grader", "grading a submission")
    group.addoption(
        "--submission",
        metavar="DIR",
        type=Path,
        help="the folder with the exercise files to grade (default: exercises)",
    )
    group.addoption("--results", metavar="FILE", type=Path, help="write the results there, as JSON")
    group.addoption(
        "--seed",
        metavar="N",
        type=int,
        default=PUBLIC_SEED,
        help="draw the inputs of the checks from another seed (default: %(default)s)",
    )
    group.addoption(
        "--sandbox",
        action="store_true",
        help="run the submission's code in a process of its own, in a sandbox",
    )
    group.addoption(
        "--unsafe",
        action="store_true",
        help="the same without the sandbox, where there is none: for code that you trust",
    )
    group.addoption(
        "--limit",
        metavar="NAME=N",
        action="append",
        default=[],
        help="change a limit of the sandbox, such as memory=3000 (docs/security.md lists them)",
    )
