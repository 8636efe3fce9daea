"""Tell someone at a terminal that a network is being trained, which takes seconds."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import nullcontext
from typing import Any

import pytest

from grader.pytest_plugin.check_item import CheckItem


class TrainingProgress:
    """A pytest plugin: while a milestone runs, its name stands behind pytest's own progress.

    Parameters
    ----------
    config : pytest.Config
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        """Show the name of a milestone, and take it away again."""
        if not isinstance(item, CheckItem) or item.check_run.part.target:
            return (yield)
        text = f" training: {item.check_run.part.title} …"
        self._write(text)
        try:
            return (yield)
        finally:
            back = "\b" * len(text)
            self._write(f"{back}{' ' * len(text)}{back}")

    def _write(self, text: str) -> None:
        """Write to the terminal, if there is one."""
        reporter: Any = self._config.pluginmanager.get_plugin("terminalreporter")
        if reporter is None or not reporter.isatty:
            return
        capture: Any = self._config.pluginmanager.get_plugin("capturemanager")
        with capture.global_and_fixture_disabled() if capture else nullcontext():
            reporter.write(text, flush=True)
