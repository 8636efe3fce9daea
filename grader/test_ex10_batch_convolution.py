"""Exercise 10: checks for the four equations of a batched convolution."""

from typing import NamedTuple

import numpy as np

from grader.checking import (
    call_each,
    conv2d_oracles,
    expect_array,
    expect_close,
    expect_dtype,
    expect_unchanged_arguments,
    marks,
    numerical_gradient,
    part,
    random,
)


class Setting(NamedTuple):
    """The sizes of a batch and of its kernels."""

    samples: int
    channels: int
    height: int
    width: int
    filters: int
    rows: int
    columns: int


# Nearly all numbers of a setting differ: equal ones would hide mix-ups.
SETTINGS = (
    Setting(2, 3, 6, 5, 4, 3, 2),
    Setting(4, 2, 5, 7, 3, 2, 3),
    Setting(1, 1, 4, 5, 2, 2, 1),
    Setting(3, 2, 4, 3, 1, 4, 3),
    Setting(5, 1, 3, 4, 2, 1, 1),
    Setting(2, 2, 5, 5, 2, 3, 3),
)
SMALL = (Setting(2, 1, 3, 4, 2, 2, 3), Setting(3, 2, 3, 3, 1, 2, 1))


class Batch(NamedTuple):
    """Random arrays, in the shapes of a setting."""

    x: np.ndarray
    kernels: np.ndarray
    bias: np.ndarray
    output_gradient: np.ndarray

    def output(self):
        """Return the correct output."""
        return conv2d_oracles.forward(self.x, self.kernels, self.bias, 1, "valid")

    def gradients(self):
        """Return the correct gradients, summed over the batch."""
        return conv2d_oracles.gradients(self.x, self.kernels, self.output_gradient, 1, "valid")

    def single(self):
        """Return the same arrays in single precision."""
        return Batch(*(array.astype(np.float32) for array in self))


def new_batches(rng, settings=SETTINGS):
    """Return a batch for every setting."""
    found = []
    for samples, channels, height, width, filters, rows, columns in settings:
        shapes = (
            (samples, channels, height, width),
            (filters, channels, rows, columns),
            (filters,),
            (samples, filters, height - rows + 1, width - columns + 1),
        )
        found.append(Batch(*(random(rng, *shape) for shape in shapes)))
    return found


def answers(function, batches, *names):
    """Yield each batch with what the student's function returns for its arrays of these names."""
    arguments = [[getattr(batch, name) for name in names] for batch in batches]
    yield from zip(batches, call_each(function, arguments))


def expect_single_precision(function, batches, what, *names):
    """Fail unless float32 stays float32, and the arguments are left unchanged."""
    for _, answer in answers(function, [batch.single() for batch in batches], *names):
        expect_dtype(answer, np.float32, what)
        expect_unchanged_arguments(function)


def mean_loss(batch, x, kernels, bias):
    """Return the mean of the samples' losses: each is the sum of output times output gradient."""
    output = conv2d_oracles.forward(x, kernels, bias, 1, "valid")
    return np.sum(output * batch.output_gradient) / len(x)


@part("ex10/forward", target="conv2d_forward")
class TestForward:
    """conv2d_forward"""

    @marks(1)
    def test_shape(self, exercise, rng):
        """The output has the shape (N, F, H - R + 1, W - S + 1)."""
        function = exercise.conv2d_forward
        for batch, output in answers(function, new_batches(rng), "x", "kernels", "bias"):
            expect_array(output, batch.output().shape, "the output")

    @marks(2)
    def test_values(self, exercise, rng):
        """Map f of sample n sums the correlations of all channels with kernel f, plus bias f."""
        function = exercise.conv2d_forward
        for batch, output in answers(function, new_batches(rng), "x", "kernels", "bias"):
            expect_close(output, batch.output(), "the output")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the arguments are left unchanged."""
        names = ("x", "kernels", "bias")
        expect_single_precision(exercise.conv2d_forward, new_batches(rng), "the output", *names)


@part("ex10/kernel_gradient", target="conv2d_kernel_gradient")
class TestKernelGradient:
    """conv2d_kernel_gradient"""

    @marks(1)
    def test_shape(self, exercise, rng):
        """The gradient has the shape of the kernels."""
        function = exercise.conv2d_kernel_gradient
        for batch, gradient in answers(function, new_batches(rng), "output_gradient", "x"):
            expect_array(gradient, batch.kernels.shape, "the kernel gradient")

    @marks(2)
    def test_values(self, exercise, rng):
        """It is the mean over the batch of the correlations of channels with output gradients."""
        function = exercise.conv2d_kernel_gradient
        for batch, gradient in answers(function, new_batches(rng), "output_gradient", "x"):
            expected = batch.gradients().kernels / len(batch.x)
            expect_close(gradient, expected, "the kernel gradient")

    @marks(1)
    def test_differences(self, exercise, rng):
        """It agrees with the gradient of the mean loss, computed by finite differences."""
        function = exercise.conv2d_kernel_gradient
        for batch, gradient in answers(function, new_batches(rng, SMALL), "output_gradient", "x"):

            def loss(kernels, batch=batch):
                return mean_loss(batch, batch.x, kernels, batch.bias)

            expected = numerical_gradient(loss, batch.kernels)
            expect_close(gradient, expected, "the kernel gradient")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the arguments are left unchanged."""
        function, names = exercise.conv2d_kernel_gradient, ("output_gradient", "x")
        expect_single_precision(function, new_batches(rng), "the kernel gradient", *names)


@part("ex10/bias_gradient", target="conv2d_bias_gradient")
class TestBiasGradient:
    """conv2d_bias_gradient"""

    @marks(1)
    def test_values(self, exercise, rng):
        """Each map's output gradient is summed, and the mean is taken over the batch."""
        function = exercise.conv2d_bias_gradient
        for batch, gradient in answers(function, new_batches(rng), "output_gradient"):
            expected = batch.gradients().bias / len(batch.x)
            expect_close(gradient, expected, "the bias gradient")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the arguments are left unchanged."""
        function = exercise.conv2d_bias_gradient
        expect_single_precision(function, new_batches(rng), "the bias gradient", "output_gradient")


@part("ex10/input_gradient", target="conv2d_input_gradient")
class TestInputGradient:
    """conv2d_input_gradient"""

    @marks(1)
    def test_shape(self, exercise, rng):
        """The gradient has the shape of the images."""
        function = exercise.conv2d_input_gradient
        for batch, gradient in answers(function, new_batches(rng), "output_gradient", "kernels"):
            expect_array(gradient, batch.x.shape, "the input gradient")

    @marks(2)
    def test_values(self, exercise, rng):
        """Channel c of sample n sums, over all kernels, full convolutions; it is not divided by N."""
        function = exercise.conv2d_input_gradient
        for batch, gradient in answers(function, new_batches(rng), "output_gradient", "kernels"):
            expect_close(gradient, batch.gradients().input, "the input gradient")

    @marks(1)
    def test_differences(self, exercise, rng):
        """It agrees with the gradient of the samples' own losses, computed by finite differences."""
        function = exercise.conv2d_input_gradient
        several = new_batches(rng, SMALL)
        for batch, gradient in answers(function, several, "output_gradient", "kernels"):

            def loss(x, batch=batch):
                return len(x) * mean_loss(batch, x, batch.kernels, batch.bias)

            expected = numerical_gradient(loss, batch.x)
            expect_close(gradient, expected, "the input gradient")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the arguments are left unchanged."""
        function, names = exercise.conv2d_input_gradient, ("output_gradient", "kernels")
        expect_single_precision(function, new_batches(rng), "the input gradient", *names)
