"""Name a mistake: find the misconception that gives the same answers as the student's code."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np

from grader.checking.check_run import CheckRun
from grader.checking.outcome import Outcome
from grader.checking.student_proxy import Call, CallLog, Read, StudentProxy
from grader.misconceptions import Misconception, misconceptions_of
from grader.misconceptions.exceptions import same_exception
from grader.misconceptions.reference_submission import ReferenceSubmission
from grader.runtime.backend import Backend
from grader.runtime.error_report import kind_of
from grader.runtime.time_limit import TimeLimitReached, limit
from grader.status import Status

CLOSE = 1e-3
"""Largest difference between answers that count as equal, relative to the largest number."""
CLOSE_BY_CHANCE = 0.05
"""The same for figures that depend on random numbers drawn by the student's code."""

NUMBER = (int, float, np.integer, np.floating)

LOGGER = logging.getLogger(__name__)


class Way(NamedTuple):
    """A way to compare a misconception with the student's code.

    Attributes
    ----------
    strict : bool
        Whether to compare warnings as well, and what incidental calls returned. Other checks judge
        them, and there may be a second mistake in them.
    by_kind : bool
        Whether to compare only the kinds and shapes of answers. That is enough for some mistakes, such
        as an array in place of a number, which hide all others.
    """

    strict: bool
    by_kind: bool


class Diverged(BaseException):
    """A misconception gave a different answer than the student's code, so the rest need not run."""


class AnswerMatcher(CallLog):
    """A call log that ends the check as soon as an answer differs from the student's.

    Parameters
    ----------
    student : CallLog
    backend : Backend
    close : float
        See `same_answer`; infinite if only the types and shapes of answers can be compared.
    strict : bool
        See `Way`.
    """

    def __init__(self, student: CallLog, backend: Backend, *, close: float, strict: bool) -> None:
        super().__init__(backend, helping=student.helping)
        self.facts = dict(student.facts)
        self._due = iter(student.answers)
        self._close = close
        self._strict = strict

    def record_answer(self, answer: Call | Read) -> None:
        """Compare an answer with the student's."""
        super().record_answer(answer)
        if not self.recording:
            return
        due = next(self._due, None)
        if not self._strict and _is_incidental(answer) and _is_incidental(due):
            return
        if not same_answer(answer, due, self._close, strict=self._strict):
            raise Diverged


def diagnose(run: CheckRun, outcome: Outcome) -> Misconception | None:
    """Return the misconception that explains a failed check, or None if no known one does.

    Any error is logged; then the mistake has no name, but the marks stay the same.

    Parameters
    ----------
    run : CheckRun
        The finished run of the student's code.
    outcome : Outcome
        The outcome of that run.
    """
    if outcome.status not in (Status.FAILED, Status.ERROR):
        return None
    try:
        catalogue = misconceptions_of(run.part.id)  # the first time, this imports SciPy
        with limit.at_most(run.check.seconds), suppress(TimeLimitReached):
            for way in _ways_to_compare(run):
                for known in catalogue:
                    comparable = known.by_kind or not way.by_kind
                    if comparable and _explains(known, run, outcome, way):
                        return known
    except Exception:
        LOGGER.exception("the known mistakes of %s could not be compared", run.check.id)
    return None


def _ways_to_compare(run: CheckRun) -> Iterator[Way]:
    """Yield ways to compare answers, from the strictest to the one that forgives most."""
    yield Way(strict=True, by_kind=False)
    if any(_is_incidental(answer) or _warned(answer) for answer in run.log.answers):
        yield Way(strict=False, by_kind=False)
    yield Way(strict=False, by_kind=True)


def _is_incidental(answer: Call | Read | None) -> bool:
    return isinstance(answer, Call) and answer.incidental


def _warned(answer: Call | Read) -> bool:
    return isinstance(answer, Call) and bool(answer.effects.warnings)


def _explains(known: Misconception, run: CheckRun, outcome: Outcome, way: Way) -> bool:
    """Return whether a misconception fails the same check with the same answers."""
    random = run.part.declaration.random
    variant = run.again(ReferenceSubmission(run.part, known.function))
    variant.submission.load(run.part.exercise)  # raises if there is no reference: no match
    variant.log = AnswerMatcher(
        run.log,
        variant.submission.backend,
        close=math.inf if random or way.by_kind else CLOSE,
        strict=way.strict,
    )
    try:
        variant.attempt(variant.log)
    except Diverged:
        return False
    except Exception as error:
        return same_end(variant.outcome(error), outcome, CLOSE_BY_CHANCE if random else CLOSE)
    return False


def same_answer(
    one: Call | Read | None, other: Call | Read | None, close: float, *, strict: bool = True
) -> bool:
    """Return whether two answers are equal, except for a small difference in their numbers."""
    if type(one) is not type(other) or one is None or other is None or one.text != other.text:
        return False
    if isinstance(one, Call) and isinstance(other, Call):
        return (
            kind_of(one.error) == kind_of(other.error)
            and one.effects.changed == other.effects.changed
            and (not strict or _warned_of(one) == _warned_of(other))
            and same_value(one.answer, other.answer, close)
        )
    return same_value(one.answer, other.answer, close)


def _warned_of(call: Call) -> set[str]:
    """Return what NumPy warned of, such as "overflow", whichever of its functions it happened in."""
    return {text.partition(" encountered")[0] for text in call.effects.warnings}


def same_value(one: Any, other: Any, close: float) -> bool:
    """Return whether two values are equal, up to a difference relative to the largest number."""
    if isinstance(one, StudentProxy) or isinstance(other, StudentProxy):
        return isinstance(one, StudentProxy) and isinstance(other, StudentProxy)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(same_value(a, b, close) for a, b in pairs)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_value(one[k], other[k], close) for k in one)
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return type(one) is type(other) and one == other
    first, second = np.asarray(one), np.asarray(other)
    if first.shape != second.shape or {first.dtype.kind, second.dtype.kind} - set("fiub"):
        return False
    if close == math.inf:
        return True
    finite = second[np.isfinite(second)]
    allowed = close * float(np.max(np.abs(finite), initial=1e-6))
    return bool(np.allclose(first, second, rtol=0, atol=allowed, equal_nan=True))


def same_end(one: Outcome, other: Outcome, close: float) -> bool:
    """Return whether two checks ended the same way, except for a small difference in numbers."""
    if one.status != other.status or one.code != other.code:
        return False
    if one.failure is not None and other.failure is not None:
        return one.failure.template == other.failure.template and same_values(
            one.failure.values, other.failure.values, close
        )
    if one.error is not None and other.error is not None:
        return same_exception(one.error, other.error)
    return one.detail == other.detail


def same_values(one: Mapping[str, Any], other: Mapping[str, Any], close: float) -> bool:
    """Return whether two failures have the same values, except for a small difference in numbers."""
    return one.keys() == other.keys() and all(_alike(one[key], other[key], close) for key in one)


def _alike(one: Any, other: Any, close: float) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_alike(a, b, close) for a, b in pairs)
    if isinstance(one, NUMBER) and isinstance(other, NUMBER):
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or math.isclose(one, other, rel_tol=close, abs_tol=1e-6)
    return bool(one == other)
