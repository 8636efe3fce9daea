"""Known mistakes of exercise 12, convolution as a matrix product."""

import numpy as np

from grader.checking import conv2d_oracles
from grader.misconceptions import another_way, misconception
from grader.misconceptions.reference import ex12_im2col as right


def _apart(x_shape, filter_shape, stride):
    """Return the shape (C, R, S, N, H', W') of the matrix with its axes apart."""
    samples, channels, *size = x_shape
    return (
        channels,
        *filter_shape,
        samples,
        *conv2d_oracles.output_shape(size, filter_shape, stride),
    )


def _reordered(x, filter_shape, stride, axes, rows=3):
    """Return the matrix with its six axes in another order, the first `rows` of them in its rows."""
    shape = _apart(x.shape, filter_shape, stride)
    matrix = right.im2col(x, filter_shape, stride).reshape(shape).transpose(axes)
    return matrix.reshape(int(np.prod(matrix.shape[:rows])), -1)


@misconception(
    "ex12/im2col",
    "one row for each window",
    hint="Does the text write a window as a row or as a column?",
)
def transposed(x, filter_shape, stride=1):
    """Your matrix has a row for each window; it should have a column for each."""
    return right.im2col(x, filter_shape, stride).T


@misconception(
    "ex12/im2col",
    "channels last in the rows",
    hint="Two rows that follow each other differ in the kernel's column. Do yours?",
)
def channels_last(x, filter_shape, stride=1):
    """Your rows are ordered by row, column, channel. The channel comes first, as in the kernels."""
    return _reordered(x, filter_shape, stride, (1, 2, 0, 3, 4, 5))


@misconception(
    "ex12/im2col",
    "images last in the columns",
    hint="Where do the windows of the second image begin?",
)
def images_last(x, filter_shape, stride=1):
    """Your columns are ordered by row, column, image.

    All windows of an image stand side by side.
    """
    return _reordered(x, filter_shape, stride, (0, 1, 2, 4, 5, 3))


@misconception(
    "ex12/im2col",
    "windows column by column",
    hint="Is your second window the one to the right of the first, or the one below it?",
)
def windows_down(x, filter_shape, stride=1):
    """Your windows go down first. They go to the right first, row by row, as one reads."""
    return _reordered(x, filter_shape, stride, (0, 1, 2, 3, 5, 4))


@misconception(
    "ex12/im2col",
    "places of the kernel column by column",
    hint="In which order does reshape read a kernel of 2 rows and 3 columns?",
)
def places_down(x, filter_shape, stride=1):
    """Your rows go through each kernel column by column. They go through it row by row."""
    return _reordered(x, filter_shape, stride, (0, 2, 1, 3, 4, 5))


@misconception(
    "ex12/im2col",
    "axes mixed by reshape",
    hint="Print the shape before you reshape. Are its axes in the order c, a, d, n, u, v?",
)
def images_in_the_rows(x, filter_shape, stride=1):
    """Your array has the images before the channels when it is reshaped, so both are mixed up.

    Reshape keeps the order of the numbers. It is `swapaxes` or `transpose` that exchanges axes.
    """
    shape = _apart(x.shape, filter_shape, stride)
    rows = int(np.prod(shape[:3]))
    matrix = right.im2col(x, filter_shape, stride).reshape(shape).transpose(3, 0, 1, 2, 4, 5)
    return np.ascontiguousarray(matrix).reshape(rows, -1)


@misconception(
    "ex12/im2col",
    "stride is left out",
    hint="How many columns should there be with stride 2?",
)
def no_stride(x, filter_shape, stride=1):
    """Your windows always move by one pixel."""
    return right.im2col(x, filter_shape, 1)


@misconception(
    "ex12/im2col",
    "places of the kernel turned",
    hint="Does place (0, 0) of the kernel meet the first pixel of the window, or the last?",
)
def turned(x, filter_shape, stride=1):
    """Your rows begin with the kernel's last place: this gives a convolution, not a correlation."""
    shape = _apart(x.shape, filter_shape, stride)
    matrix = right.im2col(x, filter_shape, stride)
    return matrix.reshape(shape)[:, ::-1, ::-1].reshape(matrix.shape)


@misconception(
    "ex12/col2im",
    "assigned instead of added",
    hint="A pixel is in several windows. What happens to the first one when the second is written?",
)
def assigned(columns, x_shape, filter_shape, stride=1):
    """Each pixel has the number of one window only.

    The numbers of all windows should be added up.
    """
    apart = columns.reshape(_apart(x_shape, filter_shape, stride))
    x = np.zeros(x_shape, columns.dtype)
    down, across = apart.shape[-2:]
    for a, d in np.ndindex(*filter_shape):
        rows, cols = slice(a, a + stride * down, stride), slice(d, d + stride * across, stride)
        x[:, :, rows, cols] = apart[:, a, d].swapaxes(0, 1)
    return x


@another_way(assigned)
def assigned_window_by_window(columns, x_shape, filter_shape, stride=1):
    """The same with a loop over the windows."""
    apart = columns.reshape(*_apart(x_shape, filter_shape, stride)[:4], -1)
    x = np.zeros(x_shape, columns.dtype)
    where = conv2d_oracles.windows(x_shape[2:], filter_shape, stride)
    for number, (_, _, window) in enumerate(where):
        x[window] = np.moveaxis(apart[..., number], -1, 0)
    return x


@misconception(
    "ex12/col2im",
    "mean instead of sum",
    hint="Does the chain rule add the contributions of the windows, or average them?",
)
def averaged(columns, x_shape, filter_shape, stride=1):
    """Your sums are divided by the number of windows.

    That undoes im2col, but is not its adjoint.
    """
    counts = right.col2im(np.ones_like(columns), x_shape, filter_shape, stride)
    return right.col2im(columns, x_shape, filter_shape, stride) / np.maximum(counts, 1)


@misconception(
    "ex12/col2im",
    "images and channels mixed up",
    hint="Which six axes does the matrix have, in which order? Compare with those you reshape to.",
)
def images_first(columns, x_shape, filter_shape, stride=1):
    """You read the matrix as if its rows belonged to images. They belong to channels."""
    samples, channels = x_shape[:2]
    swapped = (channels, samples, *x_shape[2:])
    return right.col2im(columns, swapped, filter_shape, stride).reshape(x_shape)


@misconception(
    "ex12/col2im",
    "stride is left out",
    hint="With stride 2, how far apart are the pixels that one place of the kernel meets?",
)
def packed(columns, x_shape, filter_shape, stride=1):
    """Your windows lie one pixel apart, whatever the stride is."""
    apart = columns.reshape(_apart(x_shape, filter_shape, stride))
    down, across = apart.shape[-2:]
    x = np.zeros(x_shape, columns.dtype)
    for a, d in np.ndindex(*filter_shape):
        x[:, :, a : a + down, d : d + across] += apart[:, a, d].swapaxes(0, 1)
    return x


@misconception(
    "ex12/conv2d_im2col",
    "images and kernels mixed by reshape",
    hint="Is the first axis of the product that of the kernels, or that of the images?",
)
def reshaped(x, kernels, bias, stride=1):
    """You reshape the product to (N, F, H', W') directly, which mixes up images and kernels.

    Its rows belong to kernels: reshape to (F, N, H', W'), and exchange the first two axes.
    """
    output = right.conv2d_im2col(x, kernels, bias, stride)
    return np.ascontiguousarray(output.swapaxes(0, 1)).reshape(output.shape)


@misconception(
    "ex12/conv2d_im2col",
    "kernels before images",
    hint="The output has the shape (N, F, H', W'). Which of your axes is the first?",
)
def not_swapped(x, kernels, bias, stride=1):
    """Your output has the shape (F, N, H', W'): its first two axes have to be exchanged."""
    return right.conv2d_im2col(x, kernels, bias, stride).swapaxes(0, 1)


@misconception(
    "ex12/conv2d_im2col", "bias left out", hint="What is added to the product in equation (2)?"
)
def no_bias(x, kernels, bias, stride=1):
    """Your output is the matrix product alone; the bias of each kernel is missing."""
    return right.conv2d_im2col(x, kernels, 0 * bias, stride)


@misconception(
    "ex12/conv2d_im2col",
    "stride is left out",
    hint="How many windows are there with stride 2? What do you pass on to im2col?",
)
def without_stride(x, kernels, bias, stride=1):
    """Your windows always move by one pixel."""
    return right.conv2d_im2col(x, kernels, bias, 1)


@misconception(
    "ex12/conv2d_im2col",
    "convolution instead of correlation",
    hint="Does your code turn the kernels? Equation (2) multiplies them as they are.",
)
def convolved(x, kernels, bias, stride=1):
    """Your kernels are turned by 180 degrees: this is a convolution. The layer correlates."""
    return right.conv2d_im2col(x, kernels[:, :, ::-1, ::-1], bias, stride)
