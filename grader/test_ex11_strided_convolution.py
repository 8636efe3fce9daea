"""Exercise 11: checks for padding, strides and the dilation of gradients."""

import numpy as np

from grader.checking import (
    call_each,
    conv2d_oracles,
    expect,
    expect_array,
    expect_close,
    expect_dtype,
    expect_unchanged_arguments,
    marks,
    part,
    random,
)

# Shape of x, filter shape, stride. Nearly all numbers of a case differ: equal ones would hide mix-ups.
CASES = (
    ((5, 7), (3, 2), 1),
    ((6, 4), (2, 4), 1),
    ((2, 7, 5), (4, 3), 2),
    ((2, 3, 6, 8), (3, 5), 2),
    ((3, 9, 10), (2, 4), 3),
    ((8, 5), (1, 2), 4),
    ((4, 5), (4, 5), 3),
)
SIZES = [
    *((6, 3, 2), (7, 3, 2), (5, 5, 1), (28, 5, 1), (9, 2, 3), (11, 4, 3), (10, 3, 4), (4, 1, 2)),
    *((8, 3, 5), (13, 6, 4), (3, 2, 7)),
]


def right_pad(x, padding, filter_shape, stride=1):
    """Pad correctly, for a `convolve` that uses the student's `pad`."""
    return conv2d_oracles.pad(x, padding, filter_shape, stride)


def right_output_size(size, filter, stride=1, padding=0):
    """Return the correct number of outputs, for a `convolve` that uses the student's."""
    if padding == "same":
        return len(range(0, size, stride))
    zeros = padding if isinstance(padding, int) else 0
    return len(range(0, size + 2 * zeros - filter + 1, stride))


def new_images(rng, cases=CASES):
    """Return random images with the filter shapes and strides of some cases."""
    return [(random(rng, *shape), filter_shape, stride) for shape, filter_shape, stride in cases]


def expect_padded(exercise, cases):
    """Check what `pad` returns for each (x, padding, filter shape, stride)."""
    for case, answer in zip(cases, call_each(exercise.pad, cases)):
        expected, widths = conv2d_oracles.pad(*case)
        expect(
            isinstance(answer, tuple | list) and len(answer) == 2,
            "`pad` should return two things: the padded array, and ((top, bottom), (left, right))",
        )
        expect_array(answer[0], expected.shape, "the padded array")
        expect_close(answer[0], expected, "the padded array")
        found = nested(answer[1])
        expect(
            found == widths,
            "the zeros, ((top, bottom), (left, right)), should be {widths}; they are {found}",
            widths=widths,
            found=found,
        )
        expect_unchanged_arguments(exercise.pad)


def nested(widths):
    """Return pairs of numbers as tuples, whatever kind of sequence they are."""
    if isinstance(widths, np.ndarray):
        widths = widths.tolist()
    if isinstance(widths, tuple | list):
        return tuple(nested(item) for item in widths)
    return widths


def expect_whole(answer, expected, what):
    """Fail unless the answer is this whole number."""
    expect(
        isinstance(answer, int) and not isinstance(answer, bool),
        "{what} should be a whole number, an int; it is {answer!r:.50}",
        what=what,
        answer=answer,
    )
    expect(
        answer == expected,
        "{what} should be {expected}; it is {answer}",
        what=what,
        expected=expected,
        answer=answer,
    )


SHAPES = (
    *(((5, 7), (3, 2)), ((6, 4), (2, 4)), ((4, 9), (1, 3)), ((8, 5), (4, 1))),
    *(((4, 5), (4, 5)), ((7, 10), (2, 3)), ((3, 6), (3, 3))),
)
"""Of an image and a kernel."""


def expect_correlated(exercise, rng, strides, *, full):
    """Check the output of `convolve` for all shapes and these strides."""
    for stride in strides:
        pairs = [(random(rng, *size), random(rng, *shape)) for size, shape in SHAPES]
        cases = [(image, kernel, stride, full) for image, kernel in pairs]
        for (image, kernel, _, _), answer in zip(cases, call_each(exercise.convolve, cases)):
            rows, columns = kernel.shape
            padding = (rows - 1, columns - 1) if full else "valid"
            sample = (image[None, None], kernel[None, None], np.zeros(1), stride, padding)
            expect_close(answer, conv2d_oracles.forward(*sample)[0, 0], "the output")


@part("ex11/pad", target="pad")
class TestPad:
    """pad"""

    @marks(1)
    def test_numbers(self, exercise, rng):
        """An int is put on all four sides, "valid" adds nothing."""
        paddings = (0, 2, "valid", 1, 3, "valid", 4)
        images = zip(new_images(rng), paddings)
        expect_padded(exercise, [(x, padding, shape, s) for (x, shape, s), padding in images])

    @marks(1)
    def test_pairs(self, exercise, rng):
        """A pair holds the zeros above and below, and those left and right."""
        paddings = ((1, 2), (3, 0), (0, 1), (2, 3), (1, 0), (4, 1), (2, 5))
        images = zip(new_images(rng), paddings)
        expect_padded(exercise, [(x, padding, shape, s) for (x, shape, s), padding in images])

    @marks(2)
    def test_same(self, exercise, rng):
        """With "same", every stride-th pixel gives an output; the larger half is below and right."""
        expect_padded(
            exercise, [(x, "same", shape, stride) for x, shape, stride in new_images(rng)]
        )

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32."""
        cases = [
            (x.astype(np.float32), padding, shape, stride)
            for padding in (1, "same", "valid")
            for x, shape, stride in new_images(rng, CASES[:3])
        ]
        for answer in call_each(exercise.pad, cases):
            expect_dtype(answer[0], np.float32, "the padded array")


@part("ex11/output_size", target="output_size")
class TestOutputSize:
    """output_size"""

    @marks(1)
    def test_without_padding(self, exercise):
        """A window begins at every stride-th pixel, as long as it fits."""
        for case, answer in zip(SIZES, call_each(exercise.output_size, SIZES)):
            expect_whole(answer, right_output_size(*case), "the number of outputs")

    @marks(1)
    def test_with_padding(self, exercise):
        """Zeros are added on both sides; "same" gives one output for every stride-th pixel."""
        paddings = (0, 1, 2, 3, 5, "valid", "same")
        cases = [(*sizes, padding) for sizes in SIZES for padding in paddings]
        for case, answer in zip(cases, call_each(exercise.output_size, cases)):
            expect_whole(answer, right_output_size(*case), "the number of outputs")


@part("ex11/excluded_pixels", target="excluded_pixels")
class TestExcludedPixels:
    """excluded_pixels"""

    @marks(1)
    def test_values(self, exercise):
        """They are what remains when the last window has been placed."""
        for case, answer in zip(SIZES, call_each(exercise.excluded_pixels, SIZES)):
            size, filter, stride = case
            *_, last = range(0, size - filter + 1, stride)
            expect_whole(answer, size - (last + filter), "the number of excluded pixels")


@part("ex11/dilate", target="dilate")
class TestDilate:
    """dilate"""

    @marks(1)
    def test_values(self, exercise, rng):
        """Between neighbours in the last two axes there are stride - 1 zeros, and none outside."""
        shapes = ((2, 3), (4, 1), (1, 1), (3, 2, 4), (2, 3, 5, 2), (2, 1, 3))
        cases = [(random(rng, *shape), s) for s in (1, 2, 3, 5) for shape in shapes]
        for (gradient, stride), answer in zip(cases, call_each(exercise.dilate, cases)):
            rows, columns = ((size - 1) * stride + 1 for size in gradient.shape[-2:])
            expected = np.zeros((*gradient.shape[:-2], rows, columns))
            expected[..., ::stride, ::stride] = gradient
            expect_close(answer, expected, "the dilated gradient")

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the argument is left unchanged."""
        cases = [(random(rng, 3, 2).astype(np.float32), stride) for stride in (1, 2)]
        for answer in call_each(exercise.dilate, cases):
            expect_dtype(answer, np.float32, "the dilated gradient")
            expect_unchanged_arguments(exercise.dilate)


@part(
    "ex11/convolve",
    target="convolve",
    stand_ins={"pad": right_pad, "output_size": right_output_size},
)
class TestConvolve:
    """convolve"""

    @marks(1)
    def test_stride_1(self, exercise, rng):
        """With stride 1, it is the correlation of exercise 1."""
        expect_correlated(exercise, rng, (1,), full=False)

    @marks(2)
    def test_strides(self, exercise, rng):
        """The window of output (u, v) begins in row u times stride and column v times stride."""
        expect_correlated(exercise, rng, (2, 3, 4), full=False)

    @marks(2)
    def test_full(self, exercise, rng):
        """With full, R - 1 rows and S - 1 columns of zeros are put on either side first."""
        expect_correlated(exercise, rng, (1, 2, 3), full=True)

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the arguments are left unchanged."""
        pairs = [(random(rng, 6, 5), random(rng, 2, 3)) for _ in range(2)]
        cases = [
            (image.astype(np.float32), kernel.astype(np.float32), 2, full)
            for (image, kernel), full in zip(pairs, (False, True))
        ]
        for answer in call_each(exercise.convolve, cases):
            expect_dtype(answer, np.float32, "the output")
            expect_unchanged_arguments(exercise.convolve)
