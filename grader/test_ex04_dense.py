"""Exercise 4: checks for `he_initialisation` and `Dense`."""

from functools import partial
from itertools import pairwise

import numpy as np

from grader.checking import (
    Trial,
    backward_trials,
    construct,
    expect,
    expect_adjoint,
    expect_array,
    expect_close,
    expect_finite,
    expect_memory,
    expect_number,
    expect_unchanged_arguments,
    forward_trials,
    marks,
    numerical_gradient,
    part,
    random,
)

SIZES = ((3, 5), (6, 2), (1, 4), (4, 1), (3, 3))  # inputs and outputs


def new_trial(exercise, rng, sizes, layer):
    """Return a trial of the given layer, or of a new one, with random numbers."""
    inputs, outputs = sizes
    if layer is None:
        layer = construct(exercise.Dense, inputs, outputs)
    input, weights, bias = (
        random(rng, inputs, 1),
        random(rng, outputs, inputs),
        random(rng, outputs, 1),
    )
    return Trial(
        layer=layer,
        input=input,
        output=np.einsum("ij,jk->ik", weights, input) + bias,
        output_gradient=random(rng, outputs, 1),
        parameters={"weights": weights, "bias": bias},
    )


def forward(exercise, rng):
    """Yield trials of every size, ready for `forward`."""
    for sizes in SIZES:
        yield from forward_trials(partial(new_trial, exercise, rng, sizes))


def backward(exercise, rng):
    """Yield trials of every size, ready for `backward`."""
    for sizes in SIZES:
        yield from backward_trials(partial(new_trial, exercise, rng, sizes))


def step(trial):
    """Call backward, and fail unless the weights are right afterwards."""
    gradient = np.outer(trial.output_gradient, trial.input)
    trial.update()
    expected = trial.parameters["weights"] - trial.learning_rate * gradient
    expect_close(trial.layer.weights, expected, "layer.weights after the step")


@part("ex04/initialisation", target="he_initialisation", random=True, uses=("Dense",))
class TestInitialisation:
    """he_initialisation"""

    @marks(1)
    def test_spread(self, exercise):
        """The weights have mean 0 and standard deviation sqrt(2 / input_size)."""
        for inputs, outputs in ((300, 200), (80, 500), (4, 10_000)):
            layer = exercise.Dense(inputs, outputs)
            weights = expect_array(layer.weights, (outputs, inputs), "layer.weights")
            expect_finite(weights, "layer.weights")
            deviation = np.sqrt(2 / inputs)
            spread = "the standard deviation of the weights"
            # This allows six standard errors of the mean, and somewhat more for the deviation.
            expect(
                abs(np.mean(weights)) < 6 * deviation / np.sqrt(weights.size),
                "the mean of the weights should be close to 0; it is {mean:.3g}",
                mean=np.mean(weights),
            )
            expect_number(float(np.std(weights)), deviation, spread, tolerance=0.03)
            expect_finite(expect_array(layer.bias, (outputs, 1), "layer.bias"), "layer.bias")

    @marks(1)
    def test_different(self, exercise):
        """No two layers start with the same weights, and neither do two outputs of one layer."""
        layers = [exercise.Dense(6, 4) for _ in range(4)]
        first, *others = (layer.weights for layer in layers)
        expect_array(first, (4, 6), "layer.weights")
        alike = [one for one, other in pairwise([first, *others]) if np.array_equal(one, other)]
        expect(
            not alike,
            "two new layers have the same weights: do not set a seed in the constructor",
        )
        expect(
            len(np.unique(first, axis=0)) == 4,
            "several outputs start with the same weights, so they would stay equal forever",
        )
        values = len(np.unique(first))
        expect(
            values > first.size // 2,
            "normal random numbers are almost never equal, but the {size} weights of a layer have only "
            "{values} different values",
            size=first.size,
            values=values,
        )


@part("ex04/forward", target="Dense.forward")
class TestForward:
    """Dense.forward"""

    @marks(2)
    def test_values(self, exercise, rng):
        """The output is weights times input plus bias, a column of shape (output_size, 1)."""
        for trial in forward(exercise, rng):
            expect_close(trial.forward(), trial.output, "the output")

    @marks(1)
    def test_leaves_alone(self, exercise, rng):
        """Forward leaves input, weights and bias unchanged, and works for integers as well."""
        for trial in forward(exercise, rng):
            whole = np.round(5 * trial.input).astype(int)
            expected = trial.parameters["weights"] @ whole + trial.parameters["bias"]
            expect_close(trial.forward(whole), expected, "the output")
            expect_unchanged_arguments(trial.layer)
            for name, value in trial.parameters.items():
                expect_close(getattr(trial.layer, name), value, f"layer.{name} after forward")

    @marks(1)
    def test_memory(self, exercise, rng):
        """Forward stores what backward needs: the input, in self.input."""
        for sizes in SIZES:
            expect_memory(partial(new_trial, exercise, rng, sizes), step, "input")


@part("ex04/backward", target="Dense.backward")
class TestBackward:
    """Dense.backward"""

    @marks(2)
    def test_input_gradient(self, exercise, rng):
        """The returned gradient is the transposed weights from forward times the output gradient."""
        for trial in backward(exercise, rng):
            expected = trial.parameters["weights"].T @ trial.output_gradient
            expect_close(trial.backward(), expected, "the returned gradient")

    @marks(1)
    def test_input_gradient_from_differences(self, exercise, rng):
        """The returned gradient agrees with the one computed numerically by finite differences."""
        for trial in backward(exercise, rng):
            weights, bias = trial.parameters["weights"], trial.parameters["bias"]

            def error(input, trial=trial, weights=weights, bias=bias):
                return np.sum((weights @ input + bias) * trial.output_gradient)

            expected = numerical_gradient(error, trial.input)
            returned = trial.backward()
            expect_close(returned, expected, "the returned gradient")
            expect_adjoint(trial, returned, trial.output - bias)

    @marks(2)
    def test_weights(self, exercise, rng):
        """The weights move against their gradient: output gradient times transposed input."""
        for trial in backward(exercise, rng):
            weights, bias = trial.parameters["weights"], trial.parameters["bias"]

            def error(weights, trial=trial, bias=bias):
                return np.sum((weights @ trial.input + bias) * trial.output_gradient)

            step(trial)
            expected = weights - trial.learning_rate * numerical_gradient(error, weights)
            expect_close(trial.layer.weights, expected, "layer.weights after the step")

    @marks(1)
    def test_bias(self, exercise, rng):
        """The bias moves against its gradient, the output gradient, which stays unchanged."""
        for trial in backward(exercise, rng):
            trial.update()
            expected = trial.parameters["bias"] - trial.learning_rate * trial.output_gradient
            expect_close(trial.layer.bias, expected, "layer.bias after the step")
            expect_unchanged_arguments(trial.layer)
