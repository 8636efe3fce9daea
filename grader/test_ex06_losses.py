"""Exercise 6: checks for the cross-entropies."""

from functools import partial

import numpy as np

from grader.checking import (
    call_each,
    expect,
    expect_array,
    expect_close,
    expect_finite,
    expect_no_warning,
    expect_number,
    expect_one_number,
    expect_unchanged_arguments,
    marks,
    numerical_gradient,
    oracles,
    part,
)

SIZES = (3, 7, 2)  # and in places 1, where a mean equals a sum
CERTAIN = 0.01
"""How far from its limit a loss or slope may be for a prediction of exactly 0 or 1. Any small clipping
value is accepted."""
NEARLY = 0.002
"""A prediction that is nearly certain; clipping values are smaller."""
LARGEST_LOSS, LARGEST_SLOPE = 50, 1e21
"""Limits for a prediction that is sure and wrong. They allow clipping at 1e-20, where no clipping value
is of any use: at 1e-100, a single step would take the weights to where nothing is learned."""
ADDED = 1e-3
"""Largest relative difference for other predictions: instead of clipping, some students add a number
such as 1e-5."""


def answers(rng):
    """Yield columns of 0s and 1s, and predictions that are far from certain."""
    for size in (*SIZES, 1):
        for _ in range(3):
            yield rng.integers(0, 2, (size, 1)), rng.uniform(0.02, 0.98, (size, 1))


def classes(rng):
    """Yield columns with a 1 for one of several classes, and a probability for each class."""
    for size in SIZES:
        for _ in range(3):
            y_true = np.zeros((size, 1))
            y_true[rng.integers(size)] = 1
            y_pred = rng.uniform(0.1, 1, (size, 1))
            yield y_true, y_pred / y_pred.sum()


def nearly_sure():
    """Yield targets with predictions that are nearly sure, some of them right and some wrong."""
    for y_true in (column(0, 1), column(1, 0)):
        for y_pred in (column(NEARLY, 1 - NEARLY), column(1 - NEARLY, NEARLY)):
            yield y_true, y_pred


def column(*numbers):
    """Return the numbers as a column."""
    return np.array(numbers, dtype=float).reshape(-1, 1)


def expect_loss(function, oracle, pairs):
    """Compare a loss with its definition, also for float32, and fail if it changes an argument."""
    for loss, y_true, y_pred, tolerance in answered(function, pairs):
        expect_number(loss, oracle(y_true, y_pred), "the loss", tolerance=tolerance)
        expect_unchanged_arguments(function)


def expect_prime(function, oracle, pairs):
    """Compare a derivative with the finite differences of the loss."""
    for gradient, y_true, y_pred, tolerance in answered(function, pairs):
        expected = numerical_gradient(partial(oracle, y_true), y_pred, step=1e-6)
        expect_close(gradient, expected, "the gradient", tolerance=tolerance)
        expect_unchanged_arguments(function)


def answered(function, pairs):
    """Yield each answer with its targets, its predictions and its tolerance.

    Predictions come in double and in single precision. The tolerance is larger for predictions that
    are nearly sure.
    """
    cases = [(*pair, ADDED) for pair in pairs] + [(*pair, CERTAIN) for pair in nearly_sure()]
    both = [(case, p) for case in cases for p in (case[1], case[1].astype(np.float32))]
    outputs = call_each(function, [(case[0], p) for case, p in both])
    for (case, _), output in zip(both, outputs):
        yield output, *case


def expect_small(function, y_true, y_pred):
    """Fail unless the loss of a sure and right prediction is (almost) 0."""
    loss = function(y_true, y_pred)
    expect_number(loss, 0.0, "the loss of a sure and right prediction", tolerance=10 * CERTAIN)
    expect_no_warning(function)
    expect_unchanged_arguments(function)


def expect_large(function, y_true, y_pred):
    """Fail unless the loss of a sure and wrong prediction is large but finite."""
    what = "the loss of a sure and wrong prediction"
    loss = expect_one_number(function(y_true, y_pred), what)
    expect_finite(loss, what)
    expect(
        2 < loss < LARGEST_LOSS,
        "the loss of a sure and wrong prediction should be between 2 and {largest}; it is {loss:.3g}",
        largest=LARGEST_LOSS,
        loss=loss,
    )
    expect_no_warning(function)
    expect_unchanged_arguments(function)


def expect_steep(slope, where, sign):
    """Fail unless a slope is steep and has the right sign, without being absurdly large."""
    expect(
        sign * slope > 100,
        "the slope at {where} should be {steep}; it is {slope:.3g}",
        where=where,
        steep="large" if sign > 0 else "far below 0",
        slope=slope,
    )
    expect(
        sign * slope < LARGEST_SLOPE,
        "the slope at {where} is {slope:.3g}: keep predictions further away from 0 and 1",
        where=where,
        slope=slope,
    )


@part("ex06/binary_cross_entropy", target="binary_cross_entropy")
class TestBinaryCrossEntropy:
    """binary_cross_entropy"""

    @marks(2)
    def test_values(self, exercise, rng):
        """The loss is one number: the mean of -y log p - (1 - y) log(1 - p)."""
        expect_loss(exercise.binary_cross_entropy, oracles.binary_cross_entropy, answers(rng))

    @marks(1)
    def test_edges(self, exercise):
        """Predictions of exactly 0 and 1 give finite losses, and no warning."""
        loss = exercise.binary_cross_entropy
        expect_small(loss, column(0, 1, 1), column(0, 1, 1))
        expect_large(loss, column(0, 1), column(1, 1))
        expect_large(loss, column(0, 1), column(0, 0))


@part("ex06/binary_cross_entropy_prime", target="binary_cross_entropy_prime")
class TestBinaryCrossEntropyPrime:
    """binary_cross_entropy_prime"""

    @marks(2)
    def test_values(self, exercise, rng):
        """Each number of the gradient is ((1 - y) / (1 - p) - y / p) / n."""
        function = exercise.binary_cross_entropy_prime
        expect_prime(function, oracles.binary_cross_entropy, answers(rng))

    @marks(1)
    def test_edges(self, exercise):
        """Predictions of exactly 0 and 1 give finite slopes of the right sign, and no warning."""
        function = exercise.binary_cross_entropy_prime
        y_true = column(0, 1, 0, 1)
        slopes = expect_array(function(y_true, column(0, 1, 1, 0)), (4, 1), "the gradient")
        expect_no_warning(function)
        expect_unchanged_arguments(function)
        expect_finite(slopes, "the gradient")
        # Clipping p gives 1/n here; adding a small number to the denominator gives 0. Both are fine.
        mild = np.abs(slopes[:2] - column(0.125, -0.125)) <= 0.125 + CERTAIN
        expect(
            bool(mild.all()),
            "for sure and right predictions of 0 and 1, the slopes should be from 0 to 1/4 and from "
            "-1/4 to 0; they are {first:.3g} and {second:.3g}",
            first=slopes[0].item(),
            second=slopes[1].item(),
        )
        expect_steep(slopes[2].item(), "y = 0, p = 1", 1)
        expect_steep(slopes[3].item(), "y = 1, p = 0", -1)


@part("ex06/categorical_cross_entropy", target="categorical_cross_entropy")
class TestCategoricalCrossEntropy:
    """categorical_cross_entropy"""

    @marks(2)
    def test_values(self, exercise, rng):
        """The loss is one number: -log of the true class's probability."""
        function = exercise.categorical_cross_entropy
        expect_loss(function, oracles.categorical_cross_entropy, classes(rng))

    @marks(1)
    def test_edges(self, exercise):
        """Predictions of exactly 0 and 1 give finite losses, and no warning."""
        loss = exercise.categorical_cross_entropy
        expect_small(loss, column(0, 1, 0), column(0, 1, 0))
        expect_large(loss, column(0, 1, 0), column(1, 0, 0))


@part("ex06/categorical_cross_entropy_prime", target="categorical_cross_entropy_prime")
class TestCategoricalCrossEntropyPrime:
    """categorical_cross_entropy_prime"""

    @marks(2)
    def test_values(self, exercise, rng):
        """Each number of the gradient is -y / p, which is 0 for all classes except the true one."""
        function = exercise.categorical_cross_entropy_prime
        expect_prime(function, oracles.categorical_cross_entropy, classes(rng))

    @marks(1)
    def test_edges(self, exercise):
        """Predictions of exactly 0 and 1 give finite slopes of the right sign, and no warning."""
        function = exercise.categorical_cross_entropy_prime
        right = function(column(0, 1, 0), column(0, 1, 0))
        expect_no_warning(function)
        expect_unchanged_arguments(function)
        expect_close(right, column(0, -1, 0), "the gradient", tolerance=CERTAIN)
        wrong = expect_array(function(column(0, 1, 0), column(1, 0, 0)), (3, 1), "the gradient")
        expect_no_warning(function)
        expect_unchanged_arguments(function)
        expect_finite(wrong, "the gradient")
        expect_close(wrong[[0, 2]], column(0, 0), "the gradient for the classes that are not true")
        expect_steep(wrong[1].item(), "y = 1, p = 0", -1)
