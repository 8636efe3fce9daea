"""Exercise 13: checks for the convolutional layer for batches."""

from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from grader.checking import (
    BatchTrial,
    backward_trials,
    construct,
    conv2d_oracles,
    expect,
    expect_array,
    expect_close,
    expect_dtype,
    expect_finite,
    expect_memory,
    expect_number,
    expect_repeatable,
    expect_unchanged_arguments,
    forward_trials,
    marks,
    numerical_gradient,
    part,
    random,
)


class Setting(NamedTuple):
    """The sizes of a batch and of a layer."""

    x_shape: tuple[int, int, int, int]
    filters: int
    filter_shape: tuple[int, int]
    stride: int
    padding: str | int | tuple[int, int]


# Nearly all numbers of a setting differ: equal ones would hide mix-ups.
VALID = (
    Setting((2, 3, 6, 5), 4, (3, 2), 1, "valid"),
    Setting((3, 2, 8, 7), 4, (3, 2), 2, "valid"),  # a row and a column are excluded
    Setting((1, 1, 5, 8), 2, (2, 3), 3, "valid"),
    Setting((4, 2, 4, 3), 1, (4, 3), 2, "valid"),
)
PADDED = (
    Setting((2, 3, 5, 4), 5, (3, 2), 1, "same"),
    Setting((3, 1, 7, 5), 4, (2, 4), 2, "same"),
    Setting((2, 2, 3, 4), 3, (2, 3), 2, 1),
    Setting((1, 3, 4, 6), 2, (3, 5), 3, (2, 0)),
    Setting((2, 1, 6, 3), 3, (4, 2), 1, (1, 3)),
)
SETTINGS = (*VALID[:2], *PADDED[:4])
SMALL = (
    Setting((2, 1, 4, 3), 2, (2, 1), 2, "valid"),
    Setting((1, 2, 3, 4), 1, (2, 3), 2, "same"),
)


def new_trial(exercise, rng, setting, layer=None):
    """Return a trial of a layer with these sizes."""
    x_shape, filters, filter_shape, stride, padding = setting
    x = random(rng, *x_shape)
    parameters = {
        "kernels": random(rng, filters, x_shape[1], *filter_shape),
        "bias": random(rng, filters),
    }
    given = {"filter_shape": filter_shape, "stride": stride, "padding": padding}
    if layer is None:
        arguments = (x_shape[1], filters, filter_shape, stride, padding)
        start = {"parameters": parameters, "gradients": {}}
        layer = construct(exercise.Conv2D, *arguments, **given, **start)
    output = conv2d_oracles.forward(x, *parameters.values(), stride, padding)
    padded, _ = conv2d_oracles.pad(x, padding, filter_shape, stride)
    columns = conv2d_oracles.im2col(padded, filter_shape, stride)
    gradient = random(rng, *output.shape)
    return BatchTrial(layer, x, output, gradient, parameters, {"columns": columns})


def forward(exercise, rng, settings):
    """Yield trials of every setting, ready for `forward`."""
    for setting in settings:
        yield from forward_trials(partial(new_trial, exercise, rng, setting))


def backward(exercise, rng, settings):
    """Yield settings with trials, ready for `backward`."""
    for setting in settings:
        for trial in backward_trials(partial(new_trial, exercise, rng, setting)):
            yield setting, trial


def right_gradients(setting, trial):
    """Return the correct gradients."""
    kernels = trial.parameters["kernels"]
    sent = trial.output_gradient
    return conv2d_oracles.gradients(trial.input, kernels, sent, setting.stride, setting.padding)


def deviation(shape, initialiser):
    """Return the standard deviation that initial kernels should have."""
    filters, channels, rows, columns = shape
    fan_in, fan_out = channels * rows * columns, filters * rows * columns
    return np.sqrt(2 / (fan_in if initialiser == "kaiming" else fan_in + fan_out))


@part("ex13/initial_kernels", target="initial_kernels", random=True)
class TestInitialKernels:
    """initial_kernels"""

    @marks(1)
    def test_kaiming(self, exercise):
        """With "kaiming", the standard deviation is the root of 2 / fan-in."""
        expect_spread(exercise.initial_kernels, "kaiming")

    @marks(1)
    def test_xavier(self, exercise):
        """With "xavier", the standard deviation is the root of 2 / (fan-in + fan-out)."""
        expect_spread(exercise.initial_kernels, "xavier")

    @marks(1)
    def test_different(self, exercise):
        """No two layers and no two kernels start with the same numbers."""
        several = [exercise.initial_kernels((4, 2, 3, 2), "kaiming") for _ in range(4)]
        expect_array(several[0], (4, 2, 3, 2), "the kernels")
        alike = [one for one, other in pairwise(several) if np.array_equal(one, other)]
        expect(not alike, "two new layers have the same kernels: do not set a seed")
        expect(
            len(np.unique(several[0])) > 24,
            "kernels should start with different random numbers; of 48, only {n} differ",
            n=len(np.unique(several[0])),
        )


def expect_spread(function, initialiser):
    """Fail unless the kernels have mean 0 and the right standard deviation."""
    for shape in ((50, 20, 3, 5), (200, 10, 5, 2), (3, 800, 4, 1)):
        kernels = expect_array(function(shape, initialiser), shape, "the kernels")
        expect_finite(kernels, "the kernels")
        due = deviation(shape, initialiser)
        # This allows six standard errors of the mean, and somewhat more for the deviation.
        expect(
            abs(np.mean(kernels)) < 6 * due / np.sqrt(kernels.size),
            "the mean of the kernels should be close to 0; it is {mean:.3g}",
            mean=np.mean(kernels),
        )
        what = "the standard deviation of the kernels"
        expect_number(float(np.std(kernels)), due, what, tolerance=0.05)


@part("ex13/forward", target="Conv2D.forward")
class TestForward:
    """Conv2D.forward"""

    @marks(1)
    def test_shape(self, exercise, rng):
        """The output has the shape (N, F, H', W')."""
        for trial in forward(exercise, rng, SETTINGS):
            expect_array(trial.forward(), trial.output.shape, "the output")

    @marks(2)
    def test_valid(self, exercise, rng):
        """Without padding, each output is the sum of products in its window, plus the bias."""
        for trial in forward(exercise, rng, VALID):
            expect_close(trial.forward(), trial.output, "the output")

    @marks(1)
    def test_padded(self, exercise, rng):
        """With padding, the windows begin in the zeros."""
        for trial in forward(exercise, rng, PADDED):
            expect_close(trial.forward(), trial.output, "the output")

    @marks(1)
    def test_memory(self, exercise, rng):
        """It stores what backward needs."""
        for setting in (VALID[1], PADDED[0]):

            def step(trial, setting=setting):
                right = right_gradients(setting, trial)
                expect_close(trial.backward(), right.input, "the input gradient")
                trial.expect_gradients(kernels=right.kernels, bias=right.bias)

            expect_memory(partial(new_trial, exercise, rng, setting), step, kept="input")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32; the input and the parameters are left unchanged."""
        for setting in (VALID[1], PADDED[0]):
            trial = single(new_trial(exercise, rng, setting))
            trial.set_parameters()
            expect_dtype(trial.forward(), np.float32, "the output")
            expect_unchanged_arguments(trial.layer.forward)
            expect_same_parameters(trial)


@part("ex13/backward", target="Conv2D.backward")
class TestBackward:
    """Conv2D.backward"""

    @marks(2)
    def test_kernel_gradient(self, exercise, rng):
        """gradients["kernels"] is the sum over all samples and windows; nothing divides by N."""
        for setting, trial in backward(exercise, rng, SETTINGS):
            trial.update()
            trial.expect_gradients(kernels=right_gradients(setting, trial).kernels)

    @marks(1)
    def test_bias_gradient(self, exercise, rng):
        """gradients["bias"] is the sum of each map's output gradient, over all samples."""
        for setting, trial in backward(exercise, rng, SETTINGS):
            trial.update()
            trial.expect_gradients(bias=right_gradients(setting, trial).bias)

    @marks(1)
    def test_input_gradient_valid(self, exercise, rng):
        """Without padding, each window gets its output's gradient times the kernel, added up."""
        for setting, trial in backward(exercise, rng, VALID):
            gradient = trial.backward()
            expect_close(gradient, right_gradients(setting, trial).input, "the input gradient")
            expect_repeatable(trial, gradient)

    @marks(1)
    def test_input_gradient_padded(self, exercise, rng):
        """With padding, what belongs to the zeros is cut off."""
        for setting, trial in backward(exercise, rng, PADDED):
            expect_close(
                trial.backward(), right_gradients(setting, trial).input, "the input gradient"
            )

    @marks(1)
    def test_differences(self, exercise, rng):
        """It agrees with the gradient computed by finite differences."""
        for setting, trial in backward(exercise, rng, SMALL):

            def loss(x, setting=setting, trial=trial):
                output = conv2d_oracles.forward(x, *trial.parameters.values(), *setting[3:])
                return np.sum(output * trial.output_gradient)

            expected = numerical_gradient(loss, trial.input)
            expect_close(trial.backward(), expected, "the input gradient")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32; the output gradient and the parameters are left unchanged."""
        for setting in (VALID[1], PADDED[0]):
            trial = single(new_trial(exercise, rng, setting))
            trial.prepare_backward()
            expect_dtype(trial.backward(), np.float32, "the input gradient")
            expect_unchanged_arguments(trial.layer.backward)
            for name, gradient in trial.layer.gradients.items():
                expect_dtype(gradient, np.float32, f'layer.gradients["{name}"]')
            expect_same_parameters(trial)


def single(trial):
    """Return the trial with all arrays in single precision."""
    trial.input, trial.output, trial.output_gradient = (
        array.astype(np.float32) for array in (trial.input, trial.output, trial.output_gradient)
    )
    for arrays in (trial.parameters, trial.memory):
        arrays.update({name: array.astype(np.float32) for name, array in arrays.items()})
    return trial


def expect_same_parameters(trial):
    """Fail unless the layer's parameters are those that were set: an optimiser takes the step."""
    for name, before in trial.parameters.items():
        expect_close(trial.layer.parameters[name], before, f'layer.parameters["{name}"]')
