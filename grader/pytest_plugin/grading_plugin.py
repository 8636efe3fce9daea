"""One pytest run: collect the checks' results, write them to a file, print the table."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any

import pytest

from datasets import Dataset
from grader import results_file
from grader.api import Digits, GradingSession, Job, Where
from grader.checking.course import all_parts
from grader.common.printable import printable
from grader.grading.collect_results import part_results, results_of
from grader.grading.session import loader
from grader.pytest_plugin.check_item import CheckItem
from grader.results import CheckResult, Results
from grader.runtime.time_limit import limit
from grader.sandbox.jail import SandboxUnavailable
from grader.sandbox.resource_limits import Limits, with_settings
from grader.status import Status
from grader.views import terminal_table
from grader.views.cheer import cheer, complete_exercises
from grader.views.next_step import last_line
from grader.views.terminal import last_lines, ruled, usual_submission

DEFAULT_SUMMARY = "fE"
"""Pytest's own list of failures at the end, which the table replaces."""

NEXT = "next: "
COMPLETE = "grader/complete"
"""Where pytest's cache has the exercises that were complete after the last run."""
ROOT = Path(__file__).resolve().parents[2]
OWN = (ROOT / "exercises", ROOT / "solutions")
UNPROTECTED = "Run without a sandbox: for code that is not your own, use --sandbox."
UNSAFE = "Run without a sandbox (--unsafe): if the code cannot be trusted, neither can these marks."


class PytestGrading:
    """A pytest plugin for one grading run.

    Parameters
    ----------
    config : pytest.Config
        The configuration, with the options from `options.py`.

    Raises
    ------
    pytest.UsageError
        If an option is wrong, or the sandbox is not available.
    """

    NAME = "grading"

    def __init__(self, config: pytest.Config) -> None:
        self.folder: Path = config.getoption("submission") or usual_submission()
        self.target: Path | None = config.getoption("results")
        _check_options(config, self.folder, self.target)
        self._config = config
        self._digits: Dataset | None = None
        self._checks: dict[str, CheckResult] = {}
        self._start = time.perf_counter()
        self._problem = self._running = ""
        self.job = _job(config, self.folder)
        self._open = ExitStack()
        try:
            session = self._open.enter_context(GradingSession())
            grader = session.open(self.job, load_digits=self._load_digits)
            self.grader = self._open.enter_context(grader)
        except SandboxUnavailable as error:
            self._open.close()
            raise pytest.UsageError(f"--sandbox: {error}") from None
        if config.option.reportchars == DEFAULT_SUMMARY:
            config.option.reportchars = ""

    def _load_digits(self) -> Dataset:
        """Return the images for the milestones, and show the progress of a download."""
        if self._digits is None:
            capture: Any = self._config.pluginmanager.get_plugin("capturemanager")
            with capture.global_and_fixture_disabled() if capture else nullcontext():
                self._digits = loader(self.job.digits)()
        return self._digits

    def pytest_report_header(self) -> str:
        """Return a line that says what is graded."""
        folder = printable(str(self.folder))
        return f"submission: {folder}, seed: {self.job.seed}, runs: {self.job.where}"

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Stop all processes, and print the next step, below all that pytest prints."""
        self._open.close()
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if reporter and self._checks:
            writer = reporter._tw
            if step := last_line(self._results(), self.folder, writer.fullwidth - len(NEXT)):
                reporter.write_line(f"{NEXT}{step}")

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Remember what runs, in case someone interrupts it."""
        self._running = nodeid.rpartition("/")[2]

    def pytest_keyboard_interrupt(self) -> None:
        """Say what was interrupted, since the table cannot have it."""
        self._problem = (
            f"Interrupted during {self._running}: the table lacks what did not run to its end."
        )

    def pytest_enter_pdb(self) -> None:
        """Suspend the time limit while someone is debugging."""
        limit.suspend()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, Any, Any]:
        """Attach a check's result to its report, as plain data that pytest-xdist can send."""
        report = yield
        if isinstance(item, CheckItem) and call.when == "call":
            result = item.result(call.excinfo.value if call.excinfo else None)
            report.check = results_file.to_document(result)
            report.sections = [(title, last_lines(text)) for title, text in report.sections]
        return report

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Collect the results, also from pytest-xdist's workers."""
        if hasattr(report, "check"):
            check = results_file.check_from_document(report.check)
            self._checks[check.id] = check

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str] | None:
        """Give checks that are not started or blocked their own letter and word."""
        status = report.check["status"] if hasattr(report, "check") else ""
        if status == Status.NOT_STARTED:
            return "not started", "-", "NOT STARTED"
        if status == Status.BLOCKED:
            return "blocked", "b", "BLOCKED"
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write the results, and exit with 1 unless they have full marks."""
        if hasattr(session.config, "workerinput") or exitstatus > pytest.ExitCode.TESTS_FAILED:
            return
        results = self._results()
        if results.score < results.max_score:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if self.target:
            try:
                results_file.write(results, self.target)
            except OSError as error:
                self._problem = f"{self.target} could not be written: {error.strerror}."
                session.exitstatus = pytest.ExitCode.USAGE_ERROR

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table."""
        if not self._checks:
            return
        terminalreporter.write_sep("=", "marks")
        writer = terminalreporter._tw
        text = terminal_table.render(
            self._results(), self.folder, writer.fullwidth, colour=writer.hasmarkup
        )
        terminalreporter.write_line(f"\n{ruled(text, writer._file)}\n")
        if self.job.where is Where.UNSAFE:
            terminalreporter.write_line(UNSAFE, yellow=True)
        elif self._is_of_others() and self.job.where is Where.HERE:
            terminalreporter.write_line(UNPROTECTED, yellow=True)
        if words := self._praise():
            terminalreporter.write_line(words, green=True)
        if self._problem:
            terminalreporter.write_line(self._problem, red=True)

    def _is_of_others(self) -> bool:
        """Return whether someone has named a folder to grade that is not the kit's own."""
        return bool(self._config.getoption("submission")) and self.folder.resolve() not in OWN

    def _praise(self) -> str:
        """Praise what is complete since the last run, if this is a student's own run."""
        cache = self._config.cache
        if cache is None or self._config.getoption("submission"):
            return ""
        results, before = self._results(), cache.get(COMPLETE, [])
        now = complete_exercises(results)
        graded = {part.id.partition("/")[0] for part in results.parts}
        cache.set(COMPLETE, [*(name for name in before if name not in graded), *now])
        return cheer(results, before, total=sum(part.marks for part in all_parts()))

    def _results(self) -> Results:
        return results_of(
            part_results(self._checks.values()),
            submission=self.folder.resolve().name,
            seed=self.job.seed,
            where=self.job.where,
            seconds=time.perf_counter() - self._start,
        )


def _check_options(config: pytest.Config, folder: Path, target: Path | None) -> None:
    """Reject options that cannot work."""
    if not folder.is_dir():
        raise pytest.UsageError(f"--submission: there is no folder {folder}")
    if target and not target.absolute().parent.is_dir():
        raise pytest.UsageError(f"--results: there is no folder {target.parent}")
    if config.getoption("seed") < 0:
        raise pytest.UsageError("--seed: expected a whole number of at least 0")
    if config.getoption("sandbox"):
        if config.getoption("unsafe"):
            raise pytest.UsageError("use either --sandbox or --unsafe, not both")
        _expect_safe_command(config, folder)


def _expect_safe_command(config: pytest.Config, folder: Path) -> None:
    """Reject a command in which pytest could run files of the submission before ours.

    It may have run them already, but the error keeps people from getting used to such a command.
    """
    words = [str(word) for word in config.invocation_params.args]
    positions = [words.index(path) for path in config.args if path in words]
    if "--submission" in words and words.index("--submission") < max(positions, default=0):
        raise pytest.UsageError(
            "--submission: put it after the tests, or write --submission=DIR; otherwise pytest takes "
            "the folder for a folder of tests, and obeys a pytest.ini in it"
        )
    if config.invocation_params.dir.resolve().is_relative_to(folder.resolve()):
        raise pytest.UsageError(
            "--sandbox: run this from another folder; from the submission's folder, Python could "
            "import its files instead of packages"
        )


def _job(config: pytest.Config, folder: Path) -> Job:
    """Return the job that the options ask for."""
    try:
        limits = with_settings(Limits(), config.getoption("limit"))
    except ValueError as error:
        raise pytest.UsageError(f"--limit: {error}") from None
    where = Where.HERE
    if config.getoption("sandbox"):
        where = Where.SANDBOXED
    elif config.getoption("unsafe"):
        where = Where.UNSAFE
    seed: int = config.getoption("seed")
    # Pytest itself captures what is printed, and shows it with each failure.
    return Job(folder, seed=seed, where=where, limits=limits, digits=Digits.DOWNLOAD, capture=False)
