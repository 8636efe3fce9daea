"""One check as a pytest item."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from grader.analysis.source import source_line
from grader.checking.assertions import CheckFailed
from grader.checking.check_run import CheckRun, Outcome
from grader.misconceptions import Misconception
from grader.misconceptions.matching import diagnose
from grader.results import message
from grader.runtime.error_report import RemoteError, describe
from grader.runtime.errors import ImportFailed
from grader.runtime.time_limit import TimeLimitReached
from grader.views.terminal import from_here, wrapped


class Verdict(NamedTuple):
    """How a check ended, and the known mistake that it shows."""

    outcome: Outcome
    known: Misconception | None


SKIPPED = ("not_started", "blocked")


class CheckItem(pytest.Item):
    """Runs a check; what is not started yet counts as skipped, since nothing is wrong.

    Parameters
    ----------
    run : CheckRun
        The check and the submission.
    line : int
        Where the check is in its file.
    **kwargs
        What pytest gives every item.
    """

    def __init__(self, *, run: CheckRun, line: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check_run = run
        self._line = line
        self._verdict: Verdict | None = None

    def runtest(self) -> None:
        """Run the check."""
        __tracebackhide__ = True
        try:
            self.check_run.call()
        except pytest.skip.Exception as error:
            raise CheckFailed("the code calls pytest.skip, which is not an answer") from error
        except Exception as error:
            outcome = self.check_run.outcome(error)
            if outcome.status in SKIPPED:
                raise pytest.skip.Exception(
                    outcome.message or "not started", _use_item_location=True
                ) from error
            raise

    def verdict(self, error: BaseException | None) -> Verdict:
        """Say how the check ended, given what pytest saw it raise, and name the mistake."""
        if self._verdict is None:
            if isinstance(error, pytest.skip.Exception):
                error = error.__cause__
            outcome = self.check_run.outcome(error)
            self._verdict = Verdict(outcome, diagnose(self.check_run, outcome))
        return self._verdict

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Show the message; where the student's code raised, its own lines in place of the reason."""
        error, folder = excinfo.value, self.check_run.submission.folder
        outcome, known = self.verdict(error)
        cause = error.__cause__ if isinstance(error, ImportFailed) else error
        lines = _student_lines(cause, folder, style or "short") if cause else ""
        return wrapped(message(replace(outcome, message=lines) if lines else outcome, known))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Head a failure with the part and what must hold."""
        check = self.check_run.check
        return self.path, self._line - 1, f"{check.part}: {check.title}"


def _student_lines(error: BaseException, folder: Path, style: Any) -> str:
    """Return the student's lines that led to an error as pytest shows them; empty if there are none."""
    raised = describe(error, folder)
    if not raised.frames:
        return ""
    # Of another process there is no traceback, and pytest's of these two would show too little.
    if isinstance(error, RemoteError | SyntaxError | TimeLimitReached):
        lines = [
            f"{from_here(folder / file)}:{line}: in {function}\n"
            f"    {source_line(folder / file, line)}"
            for file, line, function in raised.frames
        ]
        return "\n".join([*lines, f"E   {raised._replace(frames=())}"])

    def own_frames(info: pytest.ExceptionInfo[BaseException]) -> Any:
        return info.traceback.filter(lambda entry: folder in Path(entry.path).parents)

    shown = pytest.ExceptionInfo.from_exception(error)
    # Without the chain: a check that runs again without help fails while the first error is handled.
    return str(shown.getrepr(style=style, tbfilter=own_frames, chain=False))
