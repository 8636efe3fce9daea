"""Wire the checks into pytest: collection. `options.py` has the options, `grading.py` the reports."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from grader.checking.check_run import CheckRun
from grader.checking.parts import check_of
from grader.pytest_plugin.check_item import CheckItem
from grader.pytest_plugin.session import GradingSession
from grader.views.terminal import replace_unknown_signs


def pytest_configure(config: pytest.Config) -> None:
    """Open the submission and take over the reports."""
    # Pytest would write out what it cannot encode as one line of escapes.
    replace_unknown_signs(sys.stdout)
    config.pluginmanager.register(GradingSession(config), GradingSession.NAME)


def pytest_pycollect_makeitem(
    collector: pytest.Module | pytest.Class, name: str, obj: Any
) -> list[pytest.Item] | None:
    """Make a `CheckItem` of each method `test_...`; pytest does the rest as ever."""
    if not isinstance(collector, pytest.Class) or not name.startswith("test_"):
        return None
    part, check = check_of(collector.obj, name)
    grading: Any = collector.config.pluginmanager.get_plugin(GradingSession.NAME)
    run = CheckRun(check, part, grading.submission, grading.seed, grading.load_digits)
    return [CheckItem.from_parent(collector, name=name, run=run, line=obj.__code__.co_firstlineno)]
