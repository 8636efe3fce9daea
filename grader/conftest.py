"""Wire the checks into pytest: options and collection. `grading.py` has the reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.checking.marks import check_of
from grader.checking.running import CheckRun
from grader.grading import Grading
from grader.item import CheckItem

PUBLIC_SEED = 0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what can be said about a grading."""
    group = parser.getgroup("grader", "grading a submission")
    group.addoption(
        "--submission",
        metavar="DIR",
        type=Path,
        default=Path("exercises"),
        help="the folder with the exercise files to grade (default: %(default)s)",
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


def pytest_configure(config: pytest.Config) -> None:
    """Open the submission and take over the reports."""
    config.pluginmanager.register(Grading(config), Grading.NAME)


def pytest_pycollect_makeitem(
    collector: pytest.Module | pytest.Class, name: str, obj: Any
) -> list[pytest.Item] | None:
    """Make a `CheckItem` of each method `test_...`; pytest does the rest as ever."""
    if not isinstance(collector, pytest.Class) or not name.startswith("test_"):
        return None
    part, check = check_of(collector.obj, name)
    grading: Any = collector.config.pluginmanager.get_plugin(Grading.NAME)
    run = CheckRun(check, part, grading.submission, grading.seed, grading.load_digits)
    return [CheckItem.from_parent(collector, name=name, run=run, line=obj.__code__.co_firstlineno)]
