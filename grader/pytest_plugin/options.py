"""Command-line options of `pytest grader`.

This plugin is named in pyproject.toml and is not part of `conftest.py`: pytest has to know
`--submission` before it looks for those files. Otherwise it would take the submission's folder for a
folder of tests, and run the `conftest.py` in it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grading.job import PUBLIC_SEED


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
