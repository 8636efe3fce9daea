"""Known mistakes of exercise 1, correlation and convolution."""

import numpy as np

from grader.checking.oracles import convolve2d, correlate2d
from grader.misconceptions import misconception


def _padded(image, above, below, left, right):
    """Return the image with rows and columns of zeros around it."""
    return np.pad(image, ((above, below), (left, right)))


@misconception(
    "ex01/correlate2d",
    "the kernel is turned",
    hint="Work out the first number of the text's example by hand: which number of the kernel lies "
    "on the top left pixel of the window?",
)
def turned_kernel(image, kernel, mode="valid"):
    """The output is a convolution: the kernel has been turned by 180 degrees.

    Cross-correlation lays the kernel over the image just as it is.
    """
    return convolve2d(image, kernel, mode)


@misconception(
    "ex01/correlate2d",
    "one row and one column short",
    hint="How many places does a kernel of 2 have on an image of 4? Count them in the picture.",
)
def one_row_and_column_short(image, kernel, mode="valid"):
    """The output has one row and one column fewer than it should; the others are right.

    From the first place to the last, both counted, there are H - kh + 1 places, not H - kh.
    """
    return correlate2d(image, kernel, mode)[:-1, :-1]


@misconception(
    "ex01/correlate2d",
    "one row short",
    hint="You have the right number of columns. Where does that differ from how you count rows?",
)
def one_row_short(image, kernel, mode="valid"):
    """The output has one row fewer than it should; the others are right.

    From the first place to the last, both counted, there are H - kh + 1 places, not H - kh.
    """
    return correlate2d(image, kernel, mode)[:-1]


@misconception(
    "ex01/correlate2d",
    "last row and column left out",
    hint="Print the largest u and v that your loops reach, and compare with the output's shape.",
)
def last_row_and_column_left_out(image, kernel, mode="valid"):
    """The output's last row and last column are still 0: the loops end too early.

    Note that range(n) already stops at n - 1; it need not be told to.
    """
    output = correlate2d(image, kernel, mode)
    output[-1], output[:, -1] = 0, 0
    return output


@misconception(
    "ex01/correlate2d",
    "output as large as the image",
    hint="How many places from left to right, and from top to bottom, does the kernel have?",
)
def output_as_large_as_the_image(image, kernel, mode="valid"):
    """The output has the shape of the image that the kernel slides over, with zeros at its end.

    There is one number for each place of the kernel, and there are fewer places than pixels.
    """
    if mode == "full":
        rows, columns = kernel.shape[0] - 1, kernel.shape[1] - 1
        image = _padded(image, rows, rows, columns, columns)
    found = correlate2d(image, kernel)
    output = np.zeros(image.shape)
    output[: found.shape[0], : found.shape[1]] = found
    return output


@misconception(
    "ex01/correlate2d",
    "rows and columns of the output mixed up",
    hint="The first index of an array is the row, counted from the top. Which of u and v is that?",
)
def transposed_output(image, kernel, mode="valid"):
    """The numbers are right, but rows stand where columns should be: the output is transposed.

    Moving the kernel down leads to the next row of the output, moving it right to the next column.
    """
    return correlate2d(image, kernel, mode).T


@misconception(
    "ex01/correlate2d",
    "return inside the outer loop",
    hint="How far is the line with `return` indented? Which loops does it stand in?",
)
def first_row_only(image, kernel, mode="valid"):
    """The first row of the output is right, and all the others are still 0.

    That is what happens when the function returns inside the loop over the rows: a return ends it.
    """
    output = correlate2d(image, kernel, mode)
    output[1:] = 0
    return output


@misconception(
    "ex01/correlate2d",
    "return inside the inner loop",
    hint="How far is the line with `return` indented? Which loops does it stand in?",
)
def first_number_only(image, kernel, mode="valid"):
    """The first number of the output is right, and all the others are still 0.

    That is what happens when the function returns inside both loops: a return ends them.
    """
    output = np.zeros(correlate2d(image, kernel, mode).shape)
    output[0, 0] = correlate2d(image, kernel, mode)[0, 0]
    return output


@misconception(
    "ex01/correlate2d",
    "mean in place of sum",
    hint="Compare your numbers with the right ones: by which factor are they too small?",
)
def mean_in_place_of_sum(image, kernel, mode="valid"):
    """Each number is the mean of the products of window and kernel.

    Cross-correlation adds the products up, and does not divide by how many there are.
    """
    return correlate2d(image, kernel, mode) / kernel.size


@misconception(
    "ex01/correlate2d",
    "output rounded to whole numbers",
    hint="Print output.dtype for an image of whole numbers. What can an array of that type hold?",
)
def rounded_output(image, kernel, mode="valid"):
    """An image of whole numbers under a kernel of fractions gives an output of whole numbers.

    The output has been made with the image's type of number, and an array of integers cuts off
    whatever stands behind the point.
    """
    return correlate2d(image, kernel, mode).astype(image.dtype)


@misconception(
    "ex01/correlate2d",
    "window multiplied in place",
    hint="Does `window *= kernel` make a new array? Print the image before and after the call.",
)
def window_in_place(image, kernel, mode="valid"):
    """Windows have been multiplied by the kernel in place, and the image with them.

    A slice of an array is a view: it shares its numbers with the image, so the next windows, which
    overlap this one, start from numbers that are already wrong.
    """
    rows, columns = kernel.shape
    if mode == "full":
        image = _padded(image, rows - 1, rows - 1, columns - 1, columns - 1)
    output = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for u, v in np.ndindex(output.shape):
        window = image[u : u + rows, v : v + columns]
        window *= kernel
        output[u, v] = np.sum(window)
    return output


@misconception(
    "ex01/correlate2d",
    "no return",
    hint="What does a Python function give back when it ends without a return statement?",
)
def no_return(image, kernel, mode="valid"):
    """The function gives None back: it ends without returning the output that it has computed."""
    correlate2d(image, kernel, mode)


@misconception(
    "ex01/correlate2d",
    "mode makes no difference",
    hint="Where in your function is `mode` looked at, and what happens to the image then?",
)
def mode_ignored(image, kernel, mode="valid"):
    """In mode full, the output is the one of mode valid.

    In mode full the kernel may reach over the edges, so the image needs zeros around it first.
    """
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "zeros below and right only",
    hint="May the kernel reach over the upper and the left edge as well?",
)
def padded_at_the_end(image, kernel, mode="valid"):
    """In mode full, the image has been given zeros below and on the right, but on no other side.

    The kernel may reach over all four edges, so there have to be zeros on all four sides.
    """
    if mode == "full":
        image = _padded(image, 0, kernel.shape[0] - 1, 0, kernel.shape[1] - 1)
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "zeros above and left only",
    hint="May the kernel reach over the lower and the right edge as well?",
)
def padded_at_the_start(image, kernel, mode="valid"):
    """In mode full, the image has been given zeros above and on the left, but on no other side.

    The kernel may reach over all four edges, so there have to be zeros on all four sides.
    """
    if mode == "full":
        image = _padded(image, kernel.shape[0] - 1, 0, kernel.shape[1] - 1, 0)
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "too many zeros around the image",
    hint="At the outermost place that counts, how many of the kernel's rows lie outside the image?",
)
def padded_by_the_kernel(image, kernel, mode="valid"):
    """In mode full, there are as many rows of zeros as the kernel has rows, and so for columns.

    That is one too many: at the output's edge the kernel would not touch the image any more.
    """
    if mode == "full":
        rows, columns = kernel.shape
        image = _padded(image, rows, rows, columns, columns)
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "same in place of full",
    hint="In mode full it is enough that one pixel is touched. How far out may the kernel go then?",
)
def padded_by_half(image, kernel, mode="valid"):
    """In mode full, the zeros around the image are half as wide as the kernel.

    This is how an output as large as the image is made (others call that mode "same"). In mode
    full the kernel goes further out, until only one pixel is touched.
    """
    if mode == "full":
        rows, columns = kernel.shape[0] // 2, kernel.shape[1] // 2
        image = _padded(image, rows, rows, columns, columns)
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "rows and columns of the padding mixed up",
    hint="Which of the kernel's sides says how far it can reach over the upper edge?",
)
def padding_mixed_up(image, kernel, mode="valid"):
    """In mode full, the kernel's width decides on the rows of zeros, and its height on the columns.

    It is the other way round: how far the kernel reaches over the upper edge depends on its height.
    """
    if mode == "full":
        rows, columns = kernel.shape[1] - 1, kernel.shape[0] - 1
        image = _padded(image, rows, rows, columns, columns)
    return correlate2d(image, kernel)


@misconception(
    "ex01/convolve2d",
    "the kernel is not turned",
    hint="What do you have to do to the kernel before you correlate? Try it on the text's example.",
)
def not_turned(image, kernel, mode="valid"):
    """The output is the cross-correlation: the kernel has been used as it is.

    For a convolution it has to be turned by 180 degrees first.
    """
    return correlate2d(image, kernel, mode)


@misconception(
    "ex01/convolve2d",
    "only upside down",
    hint="Where does the number in the kernel's top left corner end up? Where should it?",
)
def rows_reversed(image, kernel, mode="valid"):
    """The kernel's rows have been reversed, but not its columns.

    Turning by 180 degrees does both: it puts the kernel upside down and left to right.
    """
    return correlate2d(image, kernel[::-1], mode)


@misconception(
    "ex01/convolve2d",
    "only left to right",
    hint="Where does the number in the kernel's top left corner end up? Where should it?",
)
def columns_reversed(image, kernel, mode="valid"):
    """The kernel's columns have been reversed, but not its rows.

    Turning by 180 degrees does both: it puts the kernel upside down and left to right.
    """
    return correlate2d(image, kernel[:, ::-1], mode)


@misconception(
    "ex01/convolve2d",
    "the kernel is transposed",
    hint="Take a kernel of 1 row and 3 columns: what shape has it after a turn by 180 degrees?",
)
def transposed_kernel(image, kernel, mode="valid"):
    """The kernel has been transposed: its rows have become columns.

    A turn by 180 degrees leaves the kernel its shape; it reverses the order of rows and columns.
    """
    return correlate2d(image, kernel.T, mode)


@misconception(
    "ex01/convolve2d",
    "a quarter turn",
    hint="By how many degrees does np.rot90 turn an array, if nothing else is said?",
)
def quarter_turn(image, kernel, mode="valid"):
    """The kernel has been turned by 90 degrees, as np.rot90 does.

    A convolution needs half a turn, after which the kernel has its old shape.
    """
    return correlate2d(image, np.rot90(kernel), mode)


@misconception(
    "ex01/convolve2d",
    "the image is turned",
    hint="Look at the formula: which of the two arrays does rot180 stand before?",
)
def turned_image(image, kernel, mode="valid"):
    """The numbers are right but in reverse order: the image has been turned, not the kernel.

    The output follows the image; so the image must stay as it is, and the kernel is turned.
    """
    return correlate2d(image[::-1, ::-1], kernel, mode)


@misconception(
    "ex01/convolve2d",
    "mode is not passed on",
    hint="How does correlate2d know which mode it should work in, when you call it?",
)
def mode_not_passed_on(image, kernel, mode="valid"):
    """In mode full, the output is the one of mode valid.

    The correlation is done in its default mode, because it is never told which one was asked for.
    """
    return correlate2d(image, kernel[::-1, ::-1])


@misconception(
    "ex01/convolve2d",
    "the kernel is turned in place",
    hint="Print the kernel before and after the call. To whom does that array belong?",
)
def turned_in_place(image, kernel, mode="valid"):
    """The output is right, but the kernel that was given stays turned after the call.

    It belongs to whoever called: the next call with it would be a correlation.
    """
    kernel[:] = kernel[::-1, ::-1].copy()
    return correlate2d(image, kernel, mode)


@misconception(
    "ex01/convolve2d",
    "no return",
    hint="What does a Python function give back when it ends without a return statement?",
)
def convolve2d_without_return(image, kernel, mode="valid"):
    """The function gives None back: it ends without returning what it has computed."""
    correlate2d(image, kernel[::-1, ::-1], mode)
