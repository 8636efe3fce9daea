"""Exercise 7: checks for `Softmax`."""

from functools import partial

import numpy as np

from grader.checking import (
    Trial,
    backward_trials,
    construct,
    expect_array,
    expect_close,
    expect_finite,
    expect_memory,
    expect_no_warning,
    expect_repeatable,
    expect_unchanged_arguments,
    forward_trials,
    marks,
    numerical_gradient,
    oracles,
    part,
    random,
)

SIZES = (2, 3, 5, 10, 17, 1)  # 1 alone is not enough: with one number, many mistakes do not show


def new_trial(exercise, rng, size, layer):
    """Return a trial of the given layer, or of a new one, with random numbers."""
    if layer is None:
        layer = construct(exercise.Softmax)
    input = random(rng, size, 1)
    return Trial(layer, input, oracles.softmax(input), random(rng, size, 1))


def forward(exercise, rng):
    """Yield trials of every size, ready for `forward`."""
    for size in SIZES:
        yield from forward_trials(partial(new_trial, exercise, rng, size))


def backward(exercise, rng):
    """Yield trials of every size, ready for `backward`."""
    for size in SIZES:
        yield from backward_trials(partial(new_trial, exercise, rng, size))


def step(trial):
    """Call backward, and fail unless it returns the right gradient."""
    expected = oracles.softmax_jacobian(trial.input).T @ trial.output_gradient
    expect_close(trial.backward(), expected, "the returned gradient")


@part("ex07/forward", target="Softmax.forward")
class TestForward:
    """Softmax.forward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """The output is a column of probabilities: powers of e divided by their sum."""
        for trial in forward(exercise, rng):
            for x in (
                trial.input,
                trial.input.astype(np.float32),
                np.round(trial.input).astype(int),
            ):
                expect_close(trial.forward(x), oracles.softmax(x), "the output")
                expect_unchanged_arguments(trial.layer)

    @marks(1)
    def test_memory(self, exercise, rng):
        """Forward stores what backward needs: the output, in self.output."""
        for size in SIZES:
            expect_memory(partial(new_trial, exercise, rng, size), step, "output")

    @marks(1)
    def test_extremes(self, exercise):
        """Very large and very negative numbers give probabilities too, without a warning."""
        layer = construct(exercise.Softmax)
        for numbers in (
            (1000, 999, -1000),
            (-1000, -1001, -999),
            (1000, -1000, 0),
            (0, 1000, -1000),
        ):
            x = np.array(numbers, dtype=float).reshape(-1, 1)
            output = layer.forward(x)
            expect_close(output, oracles.softmax(x), "the output")
            expect_finite(output, "the output")
            expect_no_warning(layer)


@part("ex07/backward", target="Softmax.backward")
class TestBackward:
    """Softmax.backward"""

    @marks(2)
    def test_values(self, exercise, rng):
        """The returned gradient is the transposed matrix of derivatives times the output gradient."""
        for trial in backward(exercise, rng):
            step(trial)

    @marks(1)
    def test_from_differences(self, exercise, rng):
        """The returned gradient agrees with the one computed numerically by finite differences."""
        for trial in backward(exercise, rng):

            def error(input, trial=trial):
                return np.sum(oracles.softmax(input) * trial.output_gradient)

            expected = numerical_gradient(error, trial.input)
            expect_close(trial.backward(), expected, "the returned gradient")

    @marks(1)
    def test_leaves_alone(self, exercise, rng):
        """Backward leaves the output gradient unchanged, and a second call returns the same result."""
        for trial in backward(exercise, rng):
            first = expect_array(trial.backward(), trial.input.shape, "the returned gradient")
            expect_unchanged_arguments(trial.layer)
            expect_repeatable(trial, first)
