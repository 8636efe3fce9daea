"""Run one check against one submission, and name what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from datasets import Dataset, DatasetError
from grader.analysis.source import definition_line, enclosing_definition
from grader.checking.assertions import CheckFailed, Difference
from grader.checking.context import CheckContext
from grader.checking.parts import Check, Part
from grader.checking.proxy import CallLog, MissingName
from grader.runtime.error_report import describe
from grader.runtime.errors import ImportFailed, ProcessLost
from grader.runtime.time_limit import TimeLimitReached, limit
from grader.sandbox.jail import SandboxUnavailable
from grader.submissions.submission import Submission


@dataclass(frozen=True)
class Outcome:
    """How a check ended.

    Attributes
    ----------
    status : str
        passed, failed, not_started, error, timeout or blocked.
    message : str
        For the student; empty where there is nothing to say.
    place : str
        Where in the submission to go on, such as "ex02_convolutional.py:81"; empty if all is well.
    call : str
        The last call, as a person would write it; empty if there was none, or none that matters.
    difference : Difference or None
        What the message is about, if it is an array of the right shape with wrong numbers.
    """

    status: str
    message: str = ""
    place: str = ""
    call: str = ""
    difference: Difference | None = field(default=None, compare=False, repr=False)


class CheckRun:
    """One check of one submission, and its outcome.

    Parameters
    ----------
    check : Check
    part : Part
        The part that the check belongs to.
    submission : Submission
    seed : int
        Together with the check's id it decides every random number of the check.
    load_digits : callable
        Returns the images that milestones learn from. It may take its time: it may have to download.

    Attributes
    ----------
    session : CallLog
        All that was done with the student's code in the attempt that counts.
    """

    def __init__(
        self,
        check: Check,
        part: Part,
        submission: Submission,
        seed: int,
        load_digits: Callable[[], Dataset],
    ) -> None:
        self.check = check
        self.part = part
        self.submission = submission
        self.seed = seed
        self.load_digits = load_digits
        self.session = CallLog(submission.backend)
        self._remarks: list[str] = []

    def again(self, submission: Submission) -> CheckRun:
        """Return the same check, with the same numbers, of another submission."""
        return CheckRun(self.check, self.part, submission, self.seed, self.load_digits)

    def judge(self) -> Outcome:
        """Run the check, and say how it ended, whatever the student's code does.

        Raises
        ------
        SandboxUnavailable
            If there is no sandbox any more, which says nothing about the student.
        """
        try:
            self.call()
        except (KeyboardInterrupt, SandboxUnavailable):
            raise
        except BaseException as error:
            return self.outcome(error)
        return self.outcome(None)

    def call(self) -> None:
        """Run the check; what it raises comes through, for `outcome` to explain.

        A process that ends may have been ended by what an earlier check has left running in it, or by
        a function that this check only calls to get ready. So the check gets another chance as long
        as that may have been the reason.
        """
        __tracebackhide__ = True
        backend = self.submission.backend
        while True:
            known = len(backend.hanging)
            try:
                return self._call()
            except ProcessLost:
                if backend.fresh and len(backend.hanging) == known:
                    raise
            self.session = CallLog(backend)

    def _call(self) -> None:
        """Run the check with help, and then, if it has not passed, without.

        The grader first does right what belongs to other parts. Where that is of no use to a student
        who does things another way, the check must pass with all that is the student's own.
        """
        __tracebackhide__ = True
        with limit.at_most(self.check.seconds):
            try:
                self.attempt(self.session)
            except NotImplementedError:
                raise
            except Exception as error:
                if not self.session.helped:
                    raise
                self._without_help(error)

    def attempt(self, session: CallLog) -> None:
        """Run the check once."""
        __tracebackhide__ = True
        attempt = CheckContext(
            self.check,
            self.part,
            self.submission,
            session,
            seed=self.seed,
            load_digits=self.load_digits,
        )
        attempt.call()
        self._remarks = attempt.remarks

    def _without_help(self, first: Exception) -> None:
        __tracebackhide__ = True
        own = CallLog(self.submission.backend, helping=False)
        try:
            self.attempt(own)
        except Exception:
            if isinstance(first, TypeError):  # called a stand-in in a way that only its own allows
                self.session = own
                raise
            raise first from None
        self.session = own

    def outcome(self, error: BaseException | None) -> Outcome:
        """Say what a check's end means; `error` is what ended it, if anything did."""
        if error is None:
            return Outcome("passed", "\n".join(self._remarks))
        if isinstance(error, ImportFailed):
            return self._not_loaded(error)
        if isinstance(error, NotImplementedError):
            return self._not_written(error)
        if isinstance(error, DatasetError):
            return Outcome("blocked", str(error))
        call = self.session.calls[-1].text if self.session.calls else ""
        if isinstance(error, CheckFailed):
            place = self._called_place()
            return Outcome("failed", str(error), place, call, error.difference)
        if isinstance(error, TimeLimitReached):
            return Outcome("timeout", str(error), self._raised_place(error), call)
        if isinstance(error, ProcessLost):
            status = "error" if error.in_time else "timeout"
            return Outcome(status, str(error), self._called_place(), call)
        if isinstance(error, MissingName):
            return Outcome("error", str(error), self._called_place())
        return Outcome("error", self._explain(error), self._raised_place(error), call)

    def _not_loaded(self, error: ImportFailed) -> Outcome:
        cause = error.__cause__
        reason = f": {self._explain(cause)}" if cause else ""
        status = "timeout" if isinstance(cause, TimeLimitReached) else "error"
        status = status if self._is_own(error.exercise) else "blocked"
        place = self._raised_place(cause) if cause else ""
        return Outcome(status, f"{error}{reason}", place or f"{error.exercise}.py:1")

    def _not_written(self, error: NotImplementedError) -> Outcome:
        """Say whose stub it is: this exercise's, or one that this check or the student builds on."""
        place = self._raised_place(error)
        exercise = self.submission.exercise_of(place.rpartition(":")[0])
        if self._is_own(exercise):
            return Outcome("not_started", "", place)
        path, line = self.submission.path(exercise), int(place.rpartition(":")[2])
        waits = f"waits for {enclosing_definition(path, line) or exercise}"
        # A milestone has nothing of its own to write: it starts when its parts have been started.
        own = self.part.exercise.startswith("ex")
        return Outcome("blocked" if own else "not_started", waits, place)

    def _explain(self, error: BaseException) -> str:
        return str(describe(error, self.submission.folder))

    def _is_own(self, exercise: str) -> bool:
        return exercise == self.part.exercise

    def _raised_place(self, error: BaseException) -> str:
        """Return the student's line that raised, or else the function that was called."""
        frames = describe(error, self.submission.folder).frames
        given = "layer.py"  # its stubs are raised where a layer lacks a method
        if frames and frames[-1].file != given:
            return f"{frames[-1].file}:{frames[-1].line}"
        return self._called_place()

    def _called_place(self) -> str:
        """Return where the function is that the check called last."""
        if not self.session.calls:
            return f"{self.part.exercise}.py:1"
        call = self.session.calls[-1]
        line = definition_line(self.submission.path(call.module), call.function)
        return f"{call.module}.py:{line or 1}"
