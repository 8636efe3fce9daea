"""Compare answers with the expected values, and describe in a few lines how they differ.

All functions raise `CheckFailed`, the only exception that means "the answer is wrong".
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader.checking.array_difference import Difference, facts, in_words
from grader.checking.setup_calls import last_call
from grader.checking.student_proxy import StudentProxy
from grader.runtime.errors import GraderError

TOLERANCE = 1e-4
"""Largest difference that counts as rounding error. It is relative to the largest expected number, or
to 1 if all of them are smaller, since the inputs are of that size.

In float32, the rounding error of the course's sums stays below 1e-5. The mildest misconceptions, such
as one forgotten bias or one missing factor, cause an error above 1e-2.
"""


class CheckFailed(GraderError, AssertionError):
    """The answer is wrong.

    Parameters
    ----------
    template : str
        The message for the student, with fields for the values. (Without values, it is used as it is.)
    **values
        The parts of the message that depend on the answer. Two failures are alike if they have the
        same template and close values.
    """

    def __init__(self, template: str, **values: Any) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values: Mapping[str, Any] = values


class WrongArray(CheckFailed):
    """The answer is an array of the right shape, with wrong numbers."""

    def __init__(self, difference: Difference) -> None:
        super().__init__("{difference}", difference=in_words(difference))
        self.values = facts(difference)
        self.difference = difference


def expect(condition: bool, template: str, **values: Any) -> None:
    """Fail unless the condition holds; `CheckFailed` says how the message is made."""
    __tracebackhide__ = True
    if not condition:
        raise CheckFailed(template, **values)


def expect_array(actual: Any, shape: tuple[int, ...], what: str) -> NDArray[Any]:
    """Return the answer if it is an array of real numbers of this shape, or fail.

    Parameters
    ----------
    actual : object
        The answer.
    shape : tuple of int
        The shape it should have.
    what : str
        Its name in the message, as the subject of a sentence: "the output", "layer.kernels".
    """
    __tracebackhide__ = True
    if not isinstance(actual, np.ndarray):
        raise CheckFailed(
            "{what} should be an array of shape {shape}; {got}",
            what=what,
            shape=shape,
            got=_got(actual),
        )
    if actual.dtype.kind not in "fiub":
        raise CheckFailed(
            "{what} should contain real numbers; its dtype is {dtype}",
            what=what,
            dtype=str(actual.dtype),
        )
    if actual.shape != shape:
        raise CheckFailed(
            "{what} should have the shape {shape}; its shape is {got}",
            what=what,
            shape=shape,
            got=actual.shape,
        )
    return actual


def expect_close(
    actual: Any, expected: ArrayLike, what: str, *, tolerance: float = TOLERANCE
) -> None:
    """Fail unless the answer is an array of the right shape with the right numbers.

    Parameters
    ----------
    actual : object
        The answer.
    expected : array_like
        The correct values.
    what : str
        Its name in the message, as the subject of a sentence.
    tolerance : float
        Largest difference allowed, relative to the largest number expected (or to 1 if that is larger).
    """
    __tracebackhide__ = True
    right = np.asarray(expected, dtype=np.float64)
    answer = expect_array(actual, right.shape, what).astype(np.float64)
    allowed = tolerance * float(np.max(np.abs(right), initial=1.0))
    with np.errstate(invalid="ignore"):
        wrong = ~(np.abs(answer - right) <= allowed)
    if wrong.any():
        raise WrongArray(Difference(what, right, answer, wrong))


def expect_dtype(actual: Any, dtype: type, what: str) -> None:
    """Fail unless the answer is an array of this type of numbers."""
    __tracebackhide__ = True
    due = np.dtype(dtype)
    if isinstance(actual, np.ndarray) and actual.dtype != due:
        raise CheckFailed(
            "{what} should be {due}, as everything that it is computed from; it is {got}",
            what=what,
            due=str(due),
            got=str(actual.dtype),
        )
    if not isinstance(actual, np.ndarray):
        raise CheckFailed("{what} should be an array; {got}", what=what, got=_got(actual))


def expect_number(actual: Any, expected: float, what: str, *, tolerance: float = TOLERANCE) -> None:
    """Fail unless the answer is one number (not an array) close to the right one."""
    __tracebackhide__ = True
    number = expect_one_number(actual, what)
    if not abs(number - expected) <= tolerance * max(abs(expected), 0.1):
        raise CheckFailed(
            "{what} should be {expected:.6g}; it is {number:.6g}",
            what=what,
            expected=expected,
            number=number,
        )


def expect_one_number(actual: Any, what: str) -> float:
    """Return the answer if it is one number (not an array), or fail."""
    __tracebackhide__ = True
    if isinstance(actual, np.ndarray) and actual.shape == ():
        actual = actual.item()
    if isinstance(actual, bool) or not isinstance(actual, int | float):
        raise CheckFailed("{what} should be one number; {got}", what=what, got=_got(actual))
    return actual


def expect_finite(actual: NDArray[Any] | float, what: str) -> None:
    """Fail if there is a NaN or an infinity in the answer."""
    __tracebackhide__ = True
    values = np.atleast_1d(np.asarray(actual, dtype=np.float64))
    bad = np.argwhere(~np.isfinite(values))
    if len(bad):
        index = tuple(int(i) for i in bad[0])
        where = f" at {list(index)}" if np.ndim(actual) else ""
        raise CheckFailed(
            "{what} should be finite; it is {value}{where}",
            what=what,
            value=str(values[index]),
            where=where,
        )


def expect_no_warning(owner: StudentProxy) -> None:
    """Fail if the last call caused a RuntimeWarning, such as an overflow."""
    __tracebackhide__ = True
    found = [text for text in last_call(owner).effects.warnings if "RuntimeWarning" in text]
    if found:
        raise CheckFailed(
            "the result is right, but NumPy gave a warning on the way: {warning}. "
            "Rearrange the computation so that no number gets too large or too small.",
            warning=found[0],
        )


def expect_unchanged_arguments(owner: StudentProxy) -> None:
    """Fail if the last call modified one of its arguments, or an array from an earlier call."""
    __tracebackhide__ = True
    call = last_call(owner)
    if call.effects.changed:
        raise CheckFailed(
            "your code modified an array in place: {changed}. Return a new array instead.",
            changed=call.effects.changed[0],
        )


def expect_same_share(kept: int, total: int, share: float, what: str) -> None:
    """Fail unless a count is within six standard deviations of what a probability predicts."""
    __tracebackhide__ = True
    sigma = math.sqrt(total * share * (1 - share))
    if abs(kept - total * share) > 6 * sigma:
        raise CheckFailed(
            "{what} should be about {share:.0%} of {total} numbers; it is {kept:.1%}",
            what=what,
            share=share,
            total=total,
            kept=kept / total,
        )


def _got(actual: Any) -> str:
    if actual is None:
        return "the call returned None (is a `return` missing?)"
    if isinstance(actual, np.ndarray):
        return f"it is an array of shape {actual.shape}"
    if isinstance(actual, list | tuple):
        return f"it is a {type(actual).__name__} of {len(actual)}"
    if isinstance(actual, int | float | str):
        return f"it is {actual!r:.200}"
    return f"it is {actual!r:.200}, which is neither a number nor an array of numbers"
