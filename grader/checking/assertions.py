"""Compare answers with what is right, and say in a few lines how they differ.

All functions raise `CheckFailed`, the one exception that means "the answer is wrong".
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader.checking.proxy import StudentProxy, last_call

TOLERANCE = 1e-4
"""Largest difference that rounding may explain: relative to the largest number expected, or, where all
of them happen to be small, to 1, which is the size of what goes in.

float32 arithmetic over the sums of the course stays below 1e-5; the mildest misconception, one bias
forgotten or one missing factor, differs by more than 1e-2.
"""

SMALL = 30
"""Arrays of at most so many numbers are shown whole."""


class Difference(NamedTuple):
    """Two arrays of one shape that should be equal.

    Attributes
    ----------
    what : str
        What they are, as the subject of a sentence.
    expected, got : ndarray
    wrong : ndarray of bool
        Where they differ by more than rounding explains.
    """

    what: str
    expected: NDArray[Any]
    got: NDArray[Any]
    wrong: NDArray[np.bool_]


class CheckFailed(AssertionError):
    """The answer is wrong.

    Parameters
    ----------
    message : str
        For the student.
    difference : Difference, optional
        What is wrong, if it is an array of the right shape.
    """

    def __init__(self, message: str, difference: Difference | None = None) -> None:
        super().__init__(message)
        self.difference = difference


def expect(condition: bool, message: str) -> None:
    """Fail with a message unless the condition holds."""
    __tracebackhide__ = True
    if not condition:
        raise CheckFailed(message)


def expect_array(actual: Any, shape: tuple[int, ...], what: str) -> NDArray[Any]:
    """Return the answer if it is an array of real numbers of this shape, or fail.

    Parameters
    ----------
    actual : object
        The answer.
    shape : tuple of int
        The shape it should have.
    what : str
        What it is, as the subject of a sentence: "the output", "layer.kernels".
    """
    __tracebackhide__ = True
    if not isinstance(actual, np.ndarray):
        raise CheckFailed(f"{what} should be an array of shape {shape}; {_got(actual)}")
    if actual.dtype.kind not in "fiub":
        raise CheckFailed(f"{what} should hold real numbers; its dtype is {actual.dtype}")
    if actual.shape != shape:
        raise CheckFailed(f"{what} should have the shape {shape}; its shape is {actual.shape}")
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
        What is right.
    what : str
        What it is, as the subject of a sentence.
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
        difference = Difference(what, right, answer, wrong)
        raise CheckFailed(_in_words(difference), difference)


def expect_number(actual: Any, expected: float, what: str, *, tolerance: float = TOLERANCE) -> None:
    """Fail unless the answer is one number (not an array) close to the right one."""
    __tracebackhide__ = True
    number = expect_one_number(actual, what)
    if not abs(number - expected) <= tolerance * max(abs(expected), 0.1):
        raise CheckFailed(f"{what} should be {expected:.6g}; it is {number:.6g}")


def expect_one_number(actual: Any, what: str) -> float:
    """Return the answer if it is one number (not an array), or fail."""
    __tracebackhide__ = True
    if isinstance(actual, np.ndarray) and actual.shape == ():
        actual = actual.item()
    if isinstance(actual, bool) or not isinstance(actual, int | float):
        raise CheckFailed(f"{what} should be one number; {_got(actual)}")
    return actual


def expect_finite(actual: NDArray[Any] | float, what: str) -> None:
    """Fail if there is a NaN or an infinity in the answer."""
    __tracebackhide__ = True
    values = np.atleast_1d(np.asarray(actual, dtype=np.float64))
    bad = np.argwhere(~np.isfinite(values))
    if len(bad):
        place = tuple(int(index) for index in bad[0])
        where = f" at {list(place)}" if np.ndim(actual) else ""
        raise CheckFailed(f"{what} should be finite; it is {values[place]}{where}")


def expect_no_warning(owner: StudentProxy) -> None:
    """Fail if the last call gave a RuntimeWarning, such as an overflow."""
    __tracebackhide__ = True
    found = [text for text in last_call(owner).effects.warnings if "RuntimeWarning" in text]
    if found:
        raise CheckFailed(
            f"the result is right, but NumPy warned on the way: {found[0]}. "
            "Arrange the computation so that no number gets too large or too small."
        )


def expect_unchanged_arguments(owner: StudentProxy) -> None:
    """Fail if the last call changed an array that it was given, or that was returned before."""
    __tracebackhide__ = True
    call = last_call(owner)
    if call.effects.changed:
        raise CheckFailed(
            "the call changes in place an array that others still need: "
            f"{call.effects.changed[0]}. Make a new one."
        )


def expect_same_share(kept: int, total: int, share: float, what: str) -> None:
    """Fail unless a count agrees with a probability within six standard deviations."""
    __tracebackhide__ = True
    sigma = math.sqrt(total * share * (1 - share))
    if abs(kept - total * share) > 6 * sigma:
        raise CheckFailed(
            f"{what} should be about {share:.0%} of {total}; it is {kept / total:.1%}"
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


def _in_words(difference: Difference) -> str:
    """Say how two arrays of one shape differ."""
    what, right, answer, wrong = difference
    lines = [f"{what} has the right shape {right.shape}, but {_count(wrong)}."]
    if np.isnan(answer).any():
        lines[0] = f"{what} contains nan; {_count(wrong)}."
    distance = np.where(np.isfinite(answer), np.abs(answer - right), np.inf)
    first = tuple(int(index) for index in np.argwhere(wrong)[0])
    worst = tuple(int(index) for index in np.unravel_index(np.argmax(distance), right.shape))
    lines.append(_pair("first difference", first, answer, right))
    if worst != first:
        lines.append(_pair("largest difference", worst, answer, right))
    if right.size <= SMALL and right.ndim <= 2:
        lines.append(_side_by_side(right, answer))
    return "\n".join(lines)


def _count(wrong: NDArray[np.bool_]) -> str:
    if wrong.size == 1:
        return "the number in it is wrong"
    if wrong.all():
        return f"all of its {wrong.size} numbers are wrong"
    verb = "is" if wrong.sum() == 1 else "are"
    return f"{wrong.sum()} of its {wrong.size} numbers {verb} wrong"


def _pair(label: str, index: tuple[int, ...], answer: NDArray[Any], right: NDArray[Any]) -> str:
    text = f"{label} at {list(index)}: expected {right[index]:.6g}, got {answer[index]:.6g}"
    if right[index] != 0 and answer[index] != 0 and np.isfinite(answer[index]):
        text += f" ({answer[index] / right[index]:.3g} times as much)"
    return text


def _side_by_side(right: NDArray[Any], answer: NDArray[Any]) -> str:
    columns = [
        np.array2string(array, precision=4, suppress_small=True) for array in (right, answer)
    ]
    left, other = (text.split("\n") for text in columns)
    width = max(len("expected"), *(len(line) for line in left))
    rows = [("expected", "got"), *zip(left, other, strict=False)]
    return "\n".join(f"  {a:<{width}}   {b}" for a, b in rows)
