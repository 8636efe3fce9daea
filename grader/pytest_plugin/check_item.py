"""One check as a pytest item."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from grader.checking.assertions import CheckFailed
from grader.checking.check_run import CheckRun
from grader.checking.student_proxy import MissingName
from grader.common.printable import printable
from grader.grading.submission_grader import check_result
from grader.misconceptions.matching import diagnose
from grader.results import CheckResult, RaisedError
from grader.runtime.error_report import RemoteError
from grader.runtime.errors import ImportFailed
from grader.runtime.time_limit import TimeLimitReached
from grader.status import UNWRITTEN
from grader.views.terminal import from_here, wrapped

EXPLAINED = pytest.StashKey[dict[tuple[str, str], str]]()
"""For each mistake that was explained, in which exercise it was, and in the failure of which check."""


class CheckItem(pytest.Item):
    """Runs a check; an exercise that is not started counts as skipped, since nothing is wrong.

    Parameters
    ----------
    run : CheckRun
        The check and the submission.
    line : int
        The check's line in its file.
    **kwargs
        The arguments that pytest passes to every item.
    """

    def __init__(self, *, run: CheckRun, line: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check_run = run
        self._line = line
        self._seconds = 0.0
        self._result: CheckResult | None = None

    def runtest(self) -> None:
        """Run the check."""
        __tracebackhide__ = True
        start = time.perf_counter()
        try:
            self.check_run.call()
        except pytest.skip.Exception as error:
            raise CheckFailed("your code calls pytest.skip, which solves nothing") from error
        except Exception as error:
            outcome = self.check_run.outcome(error)
            if outcome.status in UNWRITTEN:
                raise pytest.skip.Exception(
                    outcome.detail or "not started", _use_item_location=True
                ) from error
            raise
        finally:
            self._seconds = time.perf_counter() - start

    def result(self, error: BaseException | None) -> CheckResult:
        """Return the check's result, given the exception that pytest caught."""
        if self._result is None:
            if isinstance(error, pytest.skip.Exception):
                error = error.__cause__
            outcome = self.check_run.outcome(error)
            known = diagnose(self.check_run, outcome)
            self._result = check_result(self.check_run.check, outcome, known, seconds=self._seconds)
        return self._result

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Return the message; if the student's code raised, with its traceback."""
        error = excinfo.value
        result = self.result(error)
        cause = error.__cause__ if isinstance(error, ImportFailed) else error
        lines = self._student_lines(cause, result.error, style or "short")
        text = lines or result.what_happened()
        if result.detail not in text:
            text = f"{text}\n{result.detail}"
        explained = self._is_explained(result)
        return wrapped(result.with_call_and_mistake(text, explained=explained))

    def _is_explained(self, result: CheckResult) -> bool:
        """Return whether a failure above has explained the same mistake in the same exercise."""
        if result.misconception is None:
            return False
        known = self.session.stash.setdefault(EXPLAINED, {})
        mistake = (self.check_run.part.exercise, result.misconception.name)
        return known.setdefault(mistake, result.id) != result.id

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the heading of a failure: the part and the check's title."""
        check = self.check_run.check
        return self.path, self._line - 1, f"{check.part}: {check.title}"

    def _student_lines(
        self, error: BaseException | None, raised: RaisedError | None, style: Any
    ) -> str:
        """Return the student's part of a traceback in pytest's style; empty if there is none."""
        if error is None or raised is None or not raised.frames:
            return ""
        folder = self.check_run.submission.folder
        # Errors from another process have no traceback; for the others, pytest shows too little.
        if isinstance(error, RemoteError | SyntaxError | TimeLimitReached | MissingName):
            return _lines(raised, folder)

        def own_frames(info: pytest.ExceptionInfo[BaseException]) -> Any:
            return info.traceback.filter(lambda entry: folder in Path(entry.path).parents)

        shown = pytest.ExceptionInfo.from_exception(error)
        # No exception chain: when a check runs again without stand-ins, it fails while the first
        # error is being handled.
        text = str(shown.getrepr(style=style, tbfilter=own_frames, chain=False))
        return printable(text, keep="\n")


def _lines(raised: RaisedError, folder: Path) -> str:
    """Return a traceback in pytest's short style."""
    words = ": ".join(word for word in (raised.kind, raised.text) if word)
    lines = [
        f"{from_here(folder / frame.location.file)}:{frame.location.line}: in {frame.function}\n"
        f"    {frame.source}"
        for frame in raised.frames
    ]
    return "\n".join([*lines, f"E   {words}"])
