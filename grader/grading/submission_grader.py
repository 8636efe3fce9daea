"""Run the checks of an open submission and record their results."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, redirect_stdout

from grader.checking.array_difference import record_of
from grader.checking.assertions import WrongArray
from grader.checking.check_run import CheckRun, LoadDigits
from grader.checking.outcome import Outcome
from grader.checking.part_declaration import Check, Part
from grader.common.printable import printable
from grader.grading.captured_output import CapturedOutput
from grader.grading.collect_results import part_result
from grader.misconceptions import Misconception
from grader.misconceptions.matching import diagnose
from grader.results import CheckResult, PartResult
from grader.sandbox.jail import SandboxUnavailable
from grader.status import Status
from grader.submissions.submission import Submission


class SubmissionGrader:
    """Grades the checks of one submission, one at a time.

    Parameters
    ----------
    submission : Submission
    seed : int
        The seed of the checks' inputs.
    load_digits : callable
        Returns the images that milestones train on.
    capture : bool
        Whether to capture what the code prints and keep it in the results; otherwise it is printed.
    name_mistakes : bool
        Whether to look for a known mistake when a check fails.
    """

    def __init__(
        self,
        submission: Submission,
        seed: int,
        load_digits: LoadDigits,
        *,
        capture: bool = False,
        name_mistakes: bool = True,
    ) -> None:
        self.submission = submission
        self.seed = seed
        self._load_digits = load_digits
        self._capture = capture
        self._name_mistakes = name_mistakes
        self._slow_parts: set[str] = set()

    def start(self, check: Check, part: Part) -> CheckRun:
        """Return a check that is ready to run, for a caller that handles what it raises."""
        return CheckRun(
            check, part, self.submission, self.seed, self._load_digits, self._slow_parts
        )

    def run(self, check: Check, part: Part) -> CheckResult:
        """Run a check, whatever the student's code does, and name the mistake.

        Raises
        ------
        SandboxUnavailable
            If the sandbox is lost, which is not the student's fault.
        """
        run, start = self.start(check, part), time.perf_counter()
        printed = CapturedOutput()
        with redirect_stdout(printed) if self._capture else nullcontext():
            outcome = _outcome(run)
            known = diagnose(run, outcome) if self._name_mistakes else None
        seconds = time.perf_counter() - start
        return check_result(check, outcome, known, printed=printed.text, seconds=seconds)

    def run_all(self, parts: Iterable[Part]) -> Iterator[CheckResult]:
        """Yield the result of each check of these parts as soon as it is known."""
        for part in parts:
            for check in part.checks:
                yield self.run(check, part)

    def run_part(self, part: Part) -> PartResult:
        """Run all checks of a part."""
        return part_result(part, self.run_all([part]))


def _outcome(run: CheckRun) -> Outcome:
    try:
        run.call()
    except (KeyboardInterrupt, SandboxUnavailable):
        raise
    except BaseException as error:  # a submission may raise anything
        return run.outcome(error)
    return run.outcome(None)


def check_result(
    check: Check,
    outcome: Outcome,
    known: Misconception | None = None,
    *,
    printed: str = "",
    seconds: float = 0.0,
) -> CheckResult:
    """Return the result of one check, with the misconception that it shows."""
    failure = outcome.failure
    return CheckResult(
        part=check.part,
        name=check.name,
        title=check.title,
        marks=check.marks if outcome.status is Status.PASSED else 0,
        max_marks=check.marks,
        status=outcome.status,
        code=outcome.code,
        detail=outcome.detail,
        call=outcome.call,
        error=outcome.error,
        location=outcome.location,
        misconception=known.note if known else None,
        difference=record_of(failure.difference if isinstance(failure, WrongArray) else None),
        printed=printable(printed, keep="\n\t"),
        seconds=round(seconds, 4),
    )
