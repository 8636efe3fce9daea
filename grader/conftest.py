"""Connect the checks to pytest; `grader/pytest_plugin/` has the options, items and reports."""

from __future__ import annotations

import inspect
import sys
from typing import Any

import pytest

from grader.checking.part_declaration import check_of, part_of
from grader.pytest_plugin.check_item import CheckItem
from grader.pytest_plugin.exercise_names import keyword_for
from grader.pytest_plugin.grading_plugin import PytestGrading
from grader.pytest_plugin.progress import TrainingProgress
from grader.views.terminal import replace_unknown_signs


def pytest_configure(config: pytest.Config) -> None:
    """Open the submission and take over the reports."""
    # Otherwise pytest would print a text that it cannot encode as one line of escapes.
    replace_unknown_signs(sys.stdout)
    config.option.keyword = keyword_for(config.option.keyword)
    config.pluginmanager.register(PytestGrading(config), PytestGrading.NAME)
    config.pluginmanager.register(TrainingProgress(config))


def pytest_pycollect_makeitem(
    collector: pytest.Module | pytest.Class, name: str, obj: Any
) -> list[pytest.Item] | None:
    """Make a `CheckItem` of each `test_...` method of a part; leave everything else to pytest."""
    if isinstance(collector, pytest.Module) and name.startswith("Test") and inspect.isclass(obj):
        part_of(obj)  # a wrong declaration is an error in its file
    if not isinstance(collector, pytest.Class) or not name.startswith("test_"):
        return None
    part, check = check_of(collector.obj, name)
    grading: Any = collector.config.pluginmanager.get_plugin(PytestGrading.NAME)
    run = grading.grader.start(check, part)
    return [CheckItem.from_parent(collector, name=name, run=run, line=obj.__code__.co_firstlineno)]
