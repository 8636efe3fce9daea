"""One grading by pytest: gather the records of the checks, write the results, print the table."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from datasets import Dataset, load_mnist_or_digits
from grader import results
from grader.checking.parts import all_parts
from grader.common.printable import printable
from grader.pytest_plugin.check_item import CheckItem
from grader.runtime.time_limit import limit
from grader.sandbox.jail import SandboxUnavailable
from grader.sandbox.limits import Limits, changed
from grader.sandbox.open_submission import open_sandboxed, open_unsafe
from grader.submissions.local_submission import LocalSubmission
from grader.submissions.submission import Submission
from grader.views import terminal_table
from grader.views.terminal import ruled, usual_submission

DEFAULT_SUMMARY = "fE"
"""Pytest's own list of failures at the end, which the table replaces."""


UNSAFE = "Run without a sandbox (--unsafe): if the code cannot be trusted, neither can these marks."


class GradingSession:
    """A pytest plugin for the length of one grading.

    Parameters
    ----------
    config : pytest.Config
        With the options `submission`, `results` and `seed`.

    Raises
    ------
    pytest.UsageError
        If a folder that was named does not exist.
    """

    NAME = "grading"

    def __init__(self, config: pytest.Config) -> None:
        folder: Path = config.getoption("submission") or usual_submission()
        self.target: Path | None = config.getoption("results")
        self.seed: int = config.getoption("seed")
        if not folder.is_dir():
            raise pytest.UsageError(f"--submission: there is no folder {folder}")
        if self.target and not self.target.absolute().parent.is_dir():
            raise pytest.UsageError(f"--results: there is no folder {self.target.parent}")
        if self.seed < 0:
            raise pytest.UsageError("--seed: a whole number from 0 on is needed")
        self.folder = folder
        if config.getoption("sandbox"):
            _expect_safe_command(config, folder)
        self._config = config
        self._digits: Dataset | None = None
        self.where, self.submission = _opened(folder, config)
        self._done: dict[str, results.CheckResult] = {}
        self._start = time.perf_counter()
        self._trouble = ""
        if config.option.reportchars == DEFAULT_SUMMARY:
            config.option.reportchars = ""

    def load_digits(self) -> Dataset:
        """Return the images for the milestones, with the progress of a download on the screen."""
        if self._digits is None:
            capture: Any = self._config.pluginmanager.get_plugin("capturemanager")
            with capture.global_and_fixture_disabled() if capture else nullcontext():
                self._digits = load_mnist_or_digits()
        return self._digits

    def pytest_report_header(self) -> str:
        """Say what is graded."""
        folder = printable(str(self.folder))
        return f"submission: {folder}, seed: {self.seed}, runs: {self.where}"

    def pytest_unconfigure(self) -> None:
        """Leave nothing running."""
        self.submission.stop()

    def pytest_enter_pdb(self) -> None:
        """Give someone at a prompt all the time they want."""
        limit.suspend()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, Any, Any]:
        """Attach the record of a check to its report, as plain data that pytest-xdist can send."""
        report = yield
        if isinstance(item, CheckItem) and call.when == "call":
            check = item.check_run.check
            verdict = item.verdict(call.excinfo.value if call.excinfo else None)
            report.check = [check.id, results.check_result(check, *verdict)]
        return report

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Gather the records, from pytest-xdist's workers too."""
        if hasattr(report, "check"):
            id, result = report.check
            self._done[id] = result

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str] | None:
        """Tell what is not started from what is skipped or wrong."""
        status = report.check[1]["status"] if hasattr(report, "check") else ""
        if status == "not_started":
            return "not started", "-", "NOT STARTED"
        if status == "blocked":
            return "blocked", "b", "BLOCKED"
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write the results; anything less than full marks is not a success."""
        if hasattr(session.config, "workerinput") or exitstatus > pytest.ExitCode.TESTS_FAILED:
            return
        document = self._document()
        if document["score"] < document["max_score"]:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if self.target:
            try:
                results.write(document, self.target)
            except OSError as error:
                self._trouble = f"{self.target} could not be written: {error.strerror}."
                session.exitstatus = pytest.ExitCode.USAGE_ERROR

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table."""
        if not self._done:
            return
        terminalreporter.write_sep("=", "marks")
        document = self._document()
        writer = terminalreporter._tw
        text = terminal_table.render(
            document, self.folder, writer.fullwidth, colour=writer.hasmarkup
        )
        terminalreporter.write_line(f"\n{ruled(text, writer._file)}\n")
        if self.where == "unsafe":
            terminalreporter.write_line(UNSAFE, yellow=True)
        if self._trouble:
            terminalreporter.write_line(self._trouble, red=True)

    def _document(self) -> results.Results:
        return results.collect(
            all_parts(),
            self._done,
            submission=self.folder.resolve().name,
            seed=self.seed,
            where=self.where,
            seconds=time.perf_counter() - self._start,
        )


def _expect_safe_command(config: pytest.Config, folder: Path) -> None:
    """Refuse a command in which pytest could run files of the submission before it runs any of ours.

    It may have done so already, but nobody gets used to such a command.
    """
    words = [str(word) for word in config.invocation_params.args]
    places = [words.index(path) for path in config.args if path in words]
    if "--submission" in words and words.index("--submission") < max(places, default=0):
        raise pytest.UsageError(
            "--submission: write it behind what is to be run, or with an equals sign; here pytest "
            "would take the folder for one of tests, and obey a pytest.ini in it"
        )
    if config.invocation_params.dir.resolve().is_relative_to(folder.resolve()):
        raise pytest.UsageError(
            "--sandbox: run this elsewhere; in the folder of a submission, its files could be imported "
            "in the place of packages"
        )


def _opened(folder: Path, config: pytest.Config) -> tuple[str, Submission]:
    """Open the submission in the place that the options ask for; return where that is as well."""
    sandbox, unsafe = config.getoption("sandbox"), config.getoption("unsafe")
    if sandbox and unsafe:
        raise pytest.UsageError("--sandbox and --unsafe exclude each other")
    try:
        limits = changed(Limits(), config.getoption("limit"))
        if sandbox:
            return "sandboxed", open_sandboxed(folder, limits)
        return (
            ("unsafe", open_unsafe(folder, limits)) if unsafe else ("here", LocalSubmission(folder))
        )
    except ValueError as error:
        raise pytest.UsageError(f"--limit: {error}") from None
    except SandboxUnavailable as error:
        raise pytest.UsageError(f"--sandbox: {error}") from None
