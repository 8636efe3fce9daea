"""Known mistakes of exercise 11, stride and padding."""

import numpy as np

from grader.misconceptions import another_way, misconception
from grader.misconceptions.reference import ex11_strided_convolution as right


def _put(x, top, bottom, left, right):
    """Return x with zeros around it, and their numbers."""
    widths = (top, bottom), (left, right)
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + list(widths)), widths


def _same(x, filter_shape, stride):
    """Return the zeros that "same" needs, in both directions."""
    _, widths = right.pad(x, "same", filter_shape, stride)
    return [sum(pair) for pair in widths]


@misconception(
    "ex11/pad",
    "larger half above and left",
    hint="If the number of zeros is odd, which side gets one more?",
)
def larger_above(x, padding, filter_shape, stride=1):
    """Your "same" puts the larger half of the zeros above and on the left.

    It belongs below and right.
    """
    if padding != "same":
        return right.pad(x, padding, filter_shape, stride)
    rows, columns = _same(x, filter_shape, stride)
    return _put(x, rows - rows // 2, rows // 2, columns - columns // 2, columns // 2)


@misconception(
    "ex11/pad",
    "the stride is left out of same",
    hint="With a stride, how many outputs does 'same' promise, and how far does the last window reach?",
)
def same_for_stride_1(x, padding, filter_shape, stride=1):
    """Your "same" adds F - 1 zeros, which is right for stride 1 only."""
    return right.pad(x, padding, filter_shape, 1)


@misconception(
    "ex11/pad",
    "same without its odd zero",
    hint="Can the number of zeros be odd? Where does your code lose one?",
)
def same_halved(x, padding, filter_shape, stride=1):
    """Your "same" puts half of the zeros, rounded down, on either side.

    If their number is odd, one is lost.
    """
    if padding != "same":
        return right.pad(x, padding, filter_shape, stride)
    rows, columns = (total // 2 for total in _same(x, filter_shape, stride))
    return _put(x, rows, rows, columns, columns)


@another_way(same_halved)
def same_as_in_frameworks(x, padding, filter_shape, stride=1):
    """Half of F - 1, or F // 2, on either side, whatever the stride."""
    if padding != "same":
        return right.pad(x, padding, filter_shape, stride)
    rows, columns = ((filter - 1) // 2 for filter in filter_shape)
    return _put(x, rows, rows, columns, columns)


@misconception(
    "ex11/pad",
    "all zeros on either side",
    hint="Does equation (3) count the zeros of one side, or of both?",
)
def same_twice(x, padding, filter_shape, stride=1):
    """Your "same" puts all zeros of equation (3) on either side.

    It is the number of both together.
    """
    if padding != "same":
        return right.pad(x, padding, filter_shape, stride)
    rows, columns = _same(x, filter_shape, stride)
    return _put(x, rows, rows, columns, columns)


@misconception(
    "ex11/pad",
    "rows and columns of the pair swapped",
    hint="Which of the pair's two numbers belongs to the axis of the rows?",
)
def pair_swapped(x, padding, filter_shape, stride=1):
    """Your code takes the first number of the pair for left and right.

    It is for above and below.
    """
    if isinstance(padding, str | int):
        return right.pad(x, padding, filter_shape, stride)
    return right.pad(x, tuple(padding)[::-1], filter_shape, stride)


@misconception(
    "ex11/pad",
    "the pair is taken for two sides",
    hint="(P, Q) is P above and below. What is Q?",
)
def pair_as_sides(x, padding, filter_shape, stride=1):
    """Your code puts the first number of zeros above and left, the second below and right."""
    if isinstance(padding, str | int):
        return right.pad(x, padding, filter_shape, stride)
    first, second = padding
    return _put(x, first, second, first, second)


@misconception(
    "ex11/pad", "border copied", hint="With what does the text fill the border? Compare a corner."
)
def edge_copied(x, padding, filter_shape, stride=1):
    """Your border repeats the pixels of the edge. It should be zeros."""
    _, widths = right.pad(x, padding, filter_shape, stride)
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + list(widths), mode="edge"), widths


@misconception(
    "ex11/output_size",
    "the first window is not counted",
    hint="How many outputs are there if the filter is as large as the image?",
)
def without_plus_one(size, filter, stride=1, padding=0):
    """Your number is one too small: it counts the steps between windows.

    There is one window more than steps.
    """
    return right.output_size(size, filter, stride, padding) - (padding != "same")


@misconception(
    "ex11/output_size",
    "padding on one side only",
    hint="Equation (1) has a factor before P. Why?",
)
def padded_once(size, filter, stride=1, padding=0):
    """Your code counts the zeros of one side only. They are on either side."""
    zeros = padding if isinstance(padding, int) else 0
    return right.output_size(size - zeros, filter, stride, padding)


@misconception(
    "ex11/output_size",
    "rounded up",
    hint="If only a part of a window fits, does it give an output?",
)
def rounded_up(size, filter, stride=1, padding=0):
    """Your division is rounded up, or to the nearest number.

    The last window would not fit into the image.
    """
    zeros = padding if isinstance(padding, int) else 0
    if padding == "same":
        return right.output_size(size, filter, stride, padding)
    return -(-(size + 2 * zeros - filter) // stride) + 1


@misconception(
    "ex11/output_size",
    "same without the stride",
    hint="With stride 2, does 'same' give as many outputs as inputs?",
)
def same_size(size, filter, stride=1, padding=0):
    """Your "same" gives as many outputs as inputs.

    With a stride, it gives one for every stride-th of them.
    """
    return size if padding == "same" else right.output_size(size, filter, stride, padding)


@misconception(
    "ex11/excluded_pixels",
    "the filter is left out",
    hint="Does the last window end where it begins?",
)
def size_modulo_stride(size, filter, stride):
    """Your number is the remainder of the image's size.

    The last window begins F pixels before its end.
    """
    return size % stride


@another_way(size_modulo_stride)
def size_modulo_filter(size, filter, stride):
    """The remainder for windows that do not overlap."""
    return size % filter


@misconception(
    "ex11/dilate",
    "one zero too many between neighbours",
    hint="With stride 1, nothing should change. How many zeros does your code put between neighbours?",
)
def stride_zeros(gradient, stride):
    """Your code puts `stride` zeros between neighbours; it should be one less."""
    return right.dilate(gradient, stride + 1)


@misconception(
    "ex11/dilate",
    "zeros after the last number",
    hint="Between neighbours there are zeros. Is there a neighbour after the last number?",
)
def zeros_after(gradient, stride):
    """Your result has rows and columns of zeros after the last numbers.

    They belong between neighbours only.
    """
    dilated = right.dilate(gradient, stride)
    return np.pad(dilated, [(0, 0)] * (gradient.ndim - 2) + [(0, stride - 1)] * 2)


@misconception(
    "ex11/dilate",
    "numbers repeated instead of zeros",
    hint="How much did the outputs that the stride left out contribute to the error?",
)
def repeated(gradient, stride):
    """Your code repeats each number.

    What the stride left out had no influence: there should be zeros.
    """
    large = gradient.repeat(stride, axis=-2).repeat(stride, axis=-1)
    rows, columns = ((size - 1) * stride + 1 for size in gradient.shape[-2:])
    return large[..., :rows, :columns]


@another_way(repeated)
def repeated_to_the_end(gradient, stride):
    """The same with the last numbers repeated, too."""
    return gradient.repeat(stride, axis=-2).repeat(stride, axis=-1)


@misconception(
    "ex11/convolve",
    "kernel turned",
    hint="Which of the two is it that layers compute: does the kernel's first number meet the "
    "window's first one?",
)
def turned(image, kernel, stride=1, full=False):
    """Your kernel is turned by 180 degrees.

    What the field calls a convolution here is a correlation.
    """
    return right.convolve(image, kernel[::-1, ::-1], stride, full)


@misconception(
    "ex11/convolve",
    "stride in one direction only",
    hint="Compare the shape of your output with equation (1), for the rows and for the columns.",
)
def stride_down(image, kernel, stride=1, full=False):
    """Your windows move by the stride in one direction, and by one pixel in the other."""
    return right.convolve(image, kernel, 1, full)[::stride]


@another_way(stride_down)
def stride_right(image, kernel, stride=1, full=False):
    """The other direction."""
    return right.convolve(image, kernel, 1, full)[:, ::stride]


@misconception(
    "ex11/convolve",
    "stride is left out",
    hint="Where does the second window begin? What does your code do with stride?",
)
def no_stride(image, kernel, stride=1, full=False):
    """Your windows always move by one pixel."""
    return right.convolve(image, kernel, 1, full)


@misconception(
    "ex11/convolve",
    "full has no effect",
    hint="How many outputs does a full correlation have? Print the padded image's shape.",
)
def never_full(image, kernel, stride=1, full=False):
    """Your output is the same with full as without."""
    return right.convolve(image, kernel, stride)


@misconception(
    "ex11/convolve",
    "padded by F instead of F - 1",
    hint="Does the first window of a full correlation see a pixel of the image?",
)
def padded_by_filter(image, kernel, stride=1, full=False):
    """With full, you pad by the whole size of the kernel.

    The outermost windows see nothing of the image.
    """
    padded = np.pad(image, [(size, size) for size in kernel.shape]) if full else image
    return right.convolve(padded, kernel, stride)


@misconception(
    "ex11/convolve",
    "same padding for rows and columns",
    hint="Is your kernel a square? How many rows of zeros does it need, and how many columns?",
)
def padded_alike(image, kernel, stride=1, full=False):
    """With full, you pad rows and columns by the same number. A kernel need not be a square."""
    return right.convolve(np.pad(image, kernel.shape[0] - 1) if full else image, kernel, stride)
