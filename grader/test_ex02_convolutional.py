"""Exercise 2: checks for the convolutional layer."""

from functools import partial
from typing import NamedTuple

import numpy as np

from grader.checking import (
    Trial,
    backward_trials,
    construct,
    construct_or_note,
    expect_adjoint,
    expect_array,
    expect_close,
    expect_memory,
    expect_unchanged_arguments,
    forward_trials,
    marks,
    numerical_gradient,
    oracles,
    part,
    random,
    unrecorded,
)


class Shape(NamedTuple):
    """The sizes of a layer: its input is channels × height × width, and it has depth output maps."""

    channels: int
    height: int
    width: int
    kernel_size: int
    depth: int


# In most shapes, height differs from width and channels from depth: equal numbers would hide mix-ups.
SHAPES = (
    Shape(2, 6, 4, 3, 3),
    Shape(3, 4, 7, 2, 1),
    Shape(1, 5, 6, 2, 2),
    Shape(2, 3, 5, 1, 4),
    Shape(2, 5, 5, 3, 2),
    Shape(1, 4, 4, 4, 1),
)


def new_trial(exercise, rng, shape, layer):
    """Return a trial of the given layer, or of a new one, with random numbers."""
    channels, height, width, size, depth = shape
    if layer is None:
        layer = construct(exercise.Convolutional, (channels, height, width), size, depth)
    input, kernels = random(rng, channels, height, width), random(rng, depth, channels, size, size)
    biases = random(rng, depth, height - size + 1, width - size + 1)
    return Trial(
        layer=layer,
        input=input,
        output=oracles.convolutional_forward(input, kernels, biases),
        output_gradient=random(rng, *biases.shape),
        parameters={"kernels": kernels, "biases": biases},
    )


def forward(exercise, rng):
    """Yield trials of every shape, ready for `forward`."""
    for shape in SHAPES:
        yield from forward_trials(partial(new_trial, exercise, rng, shape))


def backward(exercise, rng):
    """Yield trials of every shape, ready for `backward`."""
    for shape in SHAPES:
        yield from backward_trials(partial(new_trial, exercise, rng, shape))


def gradients(trial):
    """Return the correct gradients of a trial with respect to the input, the kernels and the biases."""
    return oracles.convolutional_gradients(
        trial.input, trial.parameters["kernels"], trial.output_gradient
    )


def step(trial):
    """Call backward, and fail unless the kernels are right afterwards."""
    _, gradient, _ = gradients(trial)
    trial.update()
    expected = trial.parameters["kernels"] - trial.learning_rate * gradient
    expect_close(trial.layer.kernels, expected, "layer.kernels after the step")


def expect_given_constructor(exercise):
    """Fail if the parameters of a new layer do not have the shapes that the given constructor makes."""
    for channels, height, width, size, depth in SHAPES:
        layer = construct_or_note(exercise.Convolutional, (channels, height, width), size, depth)
        if layer is not None:
            with unrecorded(layer):  # the numbers are random
                kernels, biases = layer.kernels, layer.biases
            expect_array(kernels, (depth, channels, size, size), "layer.kernels")
            expect_array(biases, (depth, height - size + 1, width - size + 1), "layer.biases")


@part("ex02/forward", target="Convolutional.forward")
class TestForward:
    """Convolutional.forward"""

    @marks(1)
    def test_shape(self, exercise, rng):
        """The output has the shape (depth, H - k + 1, W - k + 1), like the biases of a new layer."""
        expect_given_constructor(exercise)
        for trial in forward(exercise, rng):
            expect_array(trial.forward(), trial.output.shape, "the output")

    @marks(2)
    def test_values(self, exercise, rng):
        """Map i is bias i plus the valid cross-correlations of all channels j with kernel (i, j)."""
        for trial in forward(exercise, rng):
            expect_close(trial.forward(), trial.output, "the output")

    @marks(1)
    def test_leaves_alone(self, exercise, rng):
        """Forward leaves the input, the kernels and the biases unchanged."""
        for trial in forward(exercise, rng):
            trial.forward()
            expect_unchanged_arguments(trial.layer)
            for name, value in trial.parameters.items():
                expect_close(getattr(trial.layer, name), value, f"layer.{name} after forward")

    @marks(1)
    def test_memory(self, exercise, rng):
        """Forward stores what backward needs: the input, in self.input."""
        for shape in SHAPES:
            expect_memory(partial(new_trial, exercise, rng, shape), step, "input")

    @marks(1)
    def test_number_types(self, exercise, rng):
        """Images of integers and of float32 numbers give the same output as their float64 copies."""
        for trial in forward(exercise, rng):
            for image in (np.round(5 * trial.input).astype(int), trial.input.astype(np.float32)):
                expected = oracles.convolutional_forward(image, **trial.parameters)
                expect_close(trial.forward(image), expected, "the output")


@part("ex02/backward", target="Convolutional.backward")
class TestBackward:
    """Convolutional.backward"""

    @marks(1)
    def test_shape(self, exercise, rng):
        """The returned gradient has the shape of the input."""
        for trial in backward(exercise, rng):
            expect_array(trial.backward(), trial.input.shape, "the returned gradient")

    @marks(3)
    def test_input_gradient(self, exercise, rng):
        """The gradient of channel j sums, over all maps i, full convolutions with kernel (i, j)."""
        for trial in backward(exercise, rng):
            expected, _, _ = gradients(trial)
            expect_close(trial.backward(), expected, "the returned gradient")

    @marks(1)
    def test_input_gradient_from_differences(self, exercise, rng):
        """The returned gradient agrees with the one computed numerically by finite differences."""
        for trial in backward(exercise, rng):

            def error(input, trial=trial):
                output = oracles.convolutional_forward(input, **trial.parameters)
                return np.sum(output * trial.output_gradient)

            returned = trial.backward()
            expected = numerical_gradient(error, trial.input)
            expect_close(returned, expected, "the returned gradient")
            expect_adjoint(trial, returned, trial.output - trial.parameters["biases"])

    @marks(3)
    def test_kernels(self, exercise, rng):
        """Kernel (i, j) moves against its gradient: channel j correlated with output gradient i."""
        for trial in backward(exercise, rng):
            step(trial)

    @marks(1)
    def test_kernels_from_differences(self, exercise, rng):
        """The kernel gradient agrees with the one computed numerically by finite differences."""
        for trial in backward(exercise, rng):
            kernels, biases = trial.parameters["kernels"], trial.parameters["biases"]

            def error(kernels, trial=trial, biases=biases):
                output = oracles.convolutional_forward(trial.input, kernels, biases)
                return np.sum(output * trial.output_gradient)

            trial.update()
            moved = trial.layer.kernels
            expected = kernels - trial.learning_rate * numerical_gradient(error, kernels)
            expect_close(moved, expected, "layer.kernels after the step")

    @marks(2)
    def test_biases(self, exercise, rng):
        """The biases move against their gradient, which is the output gradient itself."""
        for trial in backward(exercise, rng):
            trial.update()
            expected = trial.parameters["biases"] - trial.learning_rate * trial.output_gradient
            expect_close(trial.layer.biases, expected, "layer.biases after the step")

    @marks(1)
    def test_leaves_alone(self, exercise, rng):
        """Backward leaves the output gradient unchanged, since it belongs to the next layer."""
        for trial in backward(exercise, rng):
            trial.backward()
            expect_unchanged_arguments(trial.layer)
