"""Exercise 12: checks for im2col, its adjoint and the convolution by a matrix product."""

from typing import NamedTuple

import numpy as np

from grader.checking import (
    call_each,
    conv2d_oracles,
    expect_array,
    expect_close,
    expect_dtype,
    expect_number,
    expect_unchanged_arguments,
    marks,
    part,
    random,
)


class Setting(NamedTuple):
    """Shape of the images, shape of the filter, and stride."""

    x_shape: tuple[int, int, int, int]
    filter_shape: tuple[int, int]
    stride: int

    def columns_shape(self):
        """Return the shape of the matrix."""
        samples, channels = self.x_shape[:2]
        down, across = conv2d_oracles.output_shape(self.x_shape[2:], *self[1:])
        rows, columns = self.filter_shape
        return channels * rows * columns, samples * down * across


# Nearly all numbers of a setting differ: equal ones would hide mix-ups. Some leave excluded pixels.
SETTINGS = (
    Setting((2, 3, 5, 6), (3, 2), 1),
    Setting((3, 2, 7, 6), (2, 3), 2),
    Setting((1, 4, 8, 5), (3, 1), 3),
    Setting((4, 1, 4, 7), (2, 4), 2),
    Setting((2, 2, 3, 5), (3, 5), 1),
    Setting((3, 2, 5, 4), (1, 1), 2),
)


def right_im2col(x, filter_shape, stride=1):
    """Return the correct matrix, for a `conv2d_im2col` that uses the student's."""
    return conv2d_oracles.im2col(x, filter_shape, stride)


def im2col_cases(rng):
    """Return arguments for im2col."""
    return [(random(rng, *shape), filter, stride) for shape, filter, stride in SETTINGS]


def col2im_cases(rng):
    """Return arguments for col2im."""
    return [(random(rng, *setting.columns_shape()), *setting) for setting in SETTINGS]


def convolution_cases(rng):
    """Return arguments for conv2d_im2col."""
    cases = []
    for filters, (shape, filter, stride) in zip((4, 5, 2, 3, 1, 6), SETTINGS):
        kernels = random(rng, filters, shape[1], *filter)
        cases.append((random(rng, *shape), kernels, random(rng, filters), stride))
    return cases


def single(case):
    """Return the same arguments, with arrays in single precision."""
    return [item.astype(np.float32) if isinstance(item, np.ndarray) else item for item in case]


def expect_good_manners(function, cases, what):
    """Fail unless float32 stays float32, and the arguments are left unchanged."""
    for answer in call_each(function, [single(case) for case in cases]):
        expect_dtype(answer, np.float32, what)
        expect_unchanged_arguments(function)


@part("ex12/im2col", target="im2col")
class TestIm2col:
    """im2col"""

    @marks(1)
    def test_shape(self, exercise, rng):
        """The matrix has a row for each place of the kernels and a column for each window."""
        cases = im2col_cases(rng)
        for setting, answer in zip(SETTINGS, call_each(exercise.im2col, cases)):
            expect_array(answer, setting.columns_shape(), "the matrix")

    @marks(2)
    def test_values(self, exercise, rng):
        """Rows are ordered by channel, row, column; columns by image, row, column."""
        cases = im2col_cases(rng)
        for case, answer in zip(cases, call_each(exercise.im2col, cases)):
            expect_close(answer, conv2d_oracles.im2col(*case), "the matrix")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the images are left unchanged."""
        expect_good_manners(exercise.im2col, im2col_cases(rng), "the matrix")


@part("ex12/col2im", target="col2im")
class TestCol2im:
    """col2im"""

    @marks(2)
    def test_values(self, exercise, rng):
        """Each pixel gets the sum of its places in the matrix, and 0 if no window sees it."""
        cases = col2im_cases(rng)
        for case, answer in zip(cases, call_each(exercise.col2im, cases)):
            expect_close(answer, conv2d_oracles.col2im(*case), "the images")

    @marks(1)
    def test_adjoint(self, exercise, rng):
        """im2col(x) times a matrix, summed, is x times col2im of the matrix, summed."""
        cases = col2im_cases(rng)
        for case, answer in zip(cases, call_each(exercise.col2im, cases)):
            columns, shape, *filter_and_stride = case
            x = random(rng, *shape)
            expected = np.sum(conv2d_oracles.im2col(x, *filter_and_stride) * columns)
            images = expect_array(answer, shape, "the result")
            expect_number(float(np.sum(x * images)), float(expected), "the sum over all pixels")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the matrix is left unchanged."""
        expect_good_manners(exercise.col2im, col2im_cases(rng), "the images")


@part("ex12/conv2d_im2col", target="conv2d_im2col", stand_ins={"im2col": right_im2col})
class TestConv2dIm2col:
    """conv2d_im2col"""

    @marks(1)
    def test_shape(self, exercise, rng):
        """The output has the shape (N, F, H', W')."""
        cases = convolution_cases(rng)
        for case, answer in zip(cases, call_each(exercise.conv2d_im2col, cases)):
            expected = conv2d_oracles.forward(*case, "valid")
            expect_array(answer, expected.shape, "the output")

    @marks(2)
    def test_values(self, exercise, rng):
        """Map f of sample n sums the correlations of all channels with kernel f, plus bias f."""
        cases = convolution_cases(rng)
        for case, answer in zip(cases, call_each(exercise.conv2d_im2col, cases)):
            expect_close(answer, conv2d_oracles.forward(*case, "valid"), "the output")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the arguments are left unchanged."""
        expect_good_manners(exercise.conv2d_im2col, convolution_cases(rng), "the output")
