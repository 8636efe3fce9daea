"""Run one check against one submission."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from datasets import Dataset
from grader.checking.check_context import CheckContext
from grader.checking.outcome import Outcome, OutcomeReader
from grader.checking.part_declaration import Check, Part
from grader.checking.student_proxy import CallLog
from grader.common.printable import printable
from grader.runtime.errors import ProcessLost
from grader.runtime.time_limit import TimeLimitReached, limit
from grader.status import Status
from grader.submissions.submission import Submission

LoadDigits = Callable[[], Dataset]
"""Returns the images for the milestones. It may be slow, because it may have to download them."""


TIME_LEFT = 0.2
"""What remains of a check's time limit once another check of the same part has run out of time. What
never ended there will not end here, and correct code with plain loops needs no more."""


class CheckRun:
    """One check of one submission, and its outcome.

    Parameters
    ----------
    check : Check
    part : Part
        The part that the check belongs to.
    submission : Submission
    seed : int
        Together with the check's id it determines every random number of the check.
    load_digits : callable
        See `LoadDigits`.
    slow_parts : set of str
        The parts of which a check has run out of time; the others of such a part get less of it.

    Attributes
    ----------
    log : CallLog
        Everything that was done with the student's code in the attempt that counts.
    """

    def __init__(
        self,
        check: Check,
        part: Part,
        submission: Submission,
        seed: int,
        load_digits: LoadDigits,
        slow_parts: set[str] | None = None,
    ) -> None:
        self.check = check
        self.part = part
        self.submission = submission
        self.seed = seed
        self.load_digits = load_digits
        self.slow_parts = set() if slow_parts is None else slow_parts
        self.log = CallLog(submission.backend)
        self._remarks: list[str] = []

    def again(self, submission: Submission) -> CheckRun:
        """Return a run of the same check, with the same numbers, for another submission."""
        return CheckRun(self.check, self.part, submission, self.seed, self.load_digits)

    def call(self) -> None:
        """Run the check; its exceptions are not caught, and `outcome` explains them.

        If the process ends, the cause may be something that an earlier check left running in it, or
        a function that this check only calls as preparation. As long as that is possible, the check
        is run again.
        """
        __tracebackhide__ = True
        backend = self.submission.backend
        while True:
            known = len(backend.timed_out)
            try:
                with self._constructor_first():
                    return self._call()
            except TimeLimitReached:
                self.slow_parts.add(self.part.id)
                raise
            except ProcessLost as error:
                if not error.in_time:
                    self.slow_parts.add(self.part.id)
                if backend.is_fresh and len(backend.timed_out) == known:
                    raise
            self.log = CallLog(backend)

    @contextmanager
    def _constructor_first(self) -> Iterator[None]:
        """Raise what a constructor raised, if the check went on without it and failed."""
        __tracebackhide__ = True
        try:
            yield
        except (NotImplementedError, ProcessLost):
            raise
        except Exception:
            constructor = self.log.constructor
            if constructor is None or not isinstance(constructor.error, Exception):
                raise
            self.log.calls.append(constructor)
            self.log.shapes = ""
            raise constructor.error from None

    def _call(self) -> None:
        """Run the check with help, and if it fails, once more without.

        With help, the grader provides correct versions of whatever belongs to other parts. That may
        not fit code with a different design, so such code may also pass the check on its own.
        """
        __tracebackhide__ = True
        slow = self.part.id in self.slow_parts
        with limit.at_most(self.check.seconds * (TIME_LEFT if slow else 1)):
            try:
                self.attempt(self.log)
            except NotImplementedError:
                raise
            except Exception as error:
                if not self.log.helped:
                    raise
                self._without_help(error)

    def attempt(self, log: CallLog) -> None:
        """Run the check once."""
        __tracebackhide__ = True
        context = CheckContext(
            self.check,
            self.part,
            self.submission,
            log,
            seed=self.seed,
            load_digits=self.load_digits,
        )
        context.call()
        self._remarks = context.remarks

    def _without_help(self, first: Exception) -> None:
        __tracebackhide__ = True
        own = CallLog(self.submission.backend, helping=False)
        try:
            self.attempt(own)
        except Exception:
            if isinstance(first, TypeError):  # called a stand-in as only its own function allows
                self.log = own
                raise
            raise first from None
        self.log = own

    def outcome(self, error: BaseException | None) -> Outcome:
        """Return the outcome of the check; `error` is the exception that ended it, if any."""
        if error is None:
            return Outcome(Status.PASSED, detail=printable("\n".join(self._remarks), keep="\n"))
        return OutcomeReader(self.part, self.submission, self.log).read(error)
