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
    hint="Work out the first number of the example by hand: which number of the kernel lies on the "
    "top left pixel of the window?",
)
def turned_kernel(image, kernel, mode="valid"):
    """Your output is a convolution: the kernel was rotated by 180 degrees.

    Cross-correlation uses the kernel as it is.
    """
    return convolve2d(image, kernel, mode)


@misconception(
    "ex01/correlate2d",
    "one row and one column short",
    hint="In how many positions does a kernel of width 2 fit into an image of width 4? Count them in "
    "the picture.",
)
def one_row_and_column_short(image, kernel, mode="valid"):
    """Your output is missing one row and one column; the rest is right.

    From top to bottom the kernel has H - kh + 1 positions, not H - kh: the first one counts too.
    """
    return correlate2d(image, kernel, mode)[:-1, :-1]


@misconception(
    "ex01/correlate2d",
    "one row short",
    hint="The number of columns is right. How do you count rows differently from columns?",
)
def one_row_short(image, kernel, mode="valid"):
    """Your output is missing one row; the rest is right.

    From top to bottom the kernel has H - kh + 1 positions, not H - kh: the first one counts too.
    """
    return correlate2d(image, kernel, mode)[:-1]


@misconception(
    "ex01/correlate2d",
    "last row and column left out",
    hint="Print the largest u and v that your loops reach, and compare them with the output's shape.",
)
def last_row_and_column_left_out(image, kernel, mode="valid"):
    """The last row and the last column of your output are still 0: your loops end too early.

    Note that range(n) already stops at n - 1, so you need not subtract 1 yourself.
    """
    output = correlate2d(image, kernel, mode)
    output[-1], output[:, -1] = 0, 0
    return output


@misconception(
    "ex01/correlate2d",
    "output as large as the image",
    hint="How many positions does the kernel have from left to right, and from top to bottom?",
)
def output_as_large_as_the_image(image, kernel, mode="valid"):
    """Your output is as large as the image that the kernel slides over, filled up with zeros.

    The output has one number for each position of the kernel, and there are fewer positions than
    pixels.
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
    """The numbers are right, but rows and columns are swapped: your output is transposed.

    Moving the kernel down gives the next row of the output; moving it right gives the next column.
    """
    return correlate2d(image, kernel, mode).T


@misconception(
    "ex01/correlate2d",
    "return inside the outer loop",
    hint="How far is the line with `return` indented? Which loops is it inside?",
)
def first_row_only(image, kernel, mode="valid"):
    """The first row of your output is right, but all other rows are still 0.

    This happens when your function returns inside the loop over the rows: a return ends the loop.
    """
    output = correlate2d(image, kernel, mode)
    output[1:] = 0
    return output


@misconception(
    "ex01/correlate2d",
    "return inside the inner loop",
    hint="How far is the line with `return` indented? Which loops is it inside?",
)
def first_number_only(image, kernel, mode="valid"):
    """The first number of your output is right, but all other numbers are still 0.

    This happens when your function returns inside both loops: a return ends them.
    """
    output = np.zeros(correlate2d(image, kernel, mode).shape)
    output[0, 0] = correlate2d(image, kernel, mode)[0, 0]
    return output


@misconception(
    "ex01/correlate2d",
    "mean in place of sum",
    hint="Compare your numbers with the right ones: by what factor are they too small?",
)
def mean_in_place_of_sum(image, kernel, mode="valid"):
    """Each number of your output is the mean of the products of window and kernel.

    Cross-correlation adds up the products and does not divide by their number.
    """
    return correlate2d(image, kernel, mode) / kernel.size


@misconception(
    "ex01/correlate2d",
    "output rounded to whole numbers",
    hint="Print output.dtype for an image of integers. What numbers can an array of that type hold?",
)
def rounded_output(image, kernel, mode="valid"):
    """Given an image of integers and a kernel of floats, your code returns integers.

    Your output array has the image's data type, and an array of integers drops everything after
    the decimal point.
    """
    return correlate2d(image, kernel, mode).astype(image.dtype)


@misconception(
    "ex01/correlate2d",
    "window multiplied in place",
    hint="Does `window *= kernel` make a new array? Print the image before and after the call.",
)
def window_in_place(image, kernel, mode="valid"):
    """Your code multiplies each window by the kernel in place, which changes the image as well.

    A slice of an array is a view: it shares its numbers with the image. So the next windows, which
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
    hint="What does a Python function return when it ends without a return statement?",
)
def no_return(image, kernel, mode="valid"):
    """Your function returns None: it computes the output but does not return it."""
    correlate2d(image, kernel, mode)


@misconception(
    "ex01/correlate2d",
    "mode makes no difference",
    hint="Where does your function check `mode`, and what does it do to the image then?",
)
def mode_ignored(image, kernel, mode="valid"):
    """In mode "full", your code returns the output for mode "valid".

    In mode "full" the kernel may reach past the edges, so pad the image with zeros first.
    """
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "zeros below and right only",
    hint="May the kernel reach past the upper and the left edge as well?",
)
def padded_at_the_end(image, kernel, mode="valid"):
    """In mode "full", your code pads the image with zeros only below and on the right.

    The kernel may reach past all four edges, so the image needs zeros on all four sides.
    """
    if mode == "full":
        image = _padded(image, 0, kernel.shape[0] - 1, 0, kernel.shape[1] - 1)
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "zeros above and left only",
    hint="May the kernel reach past the lower and the right edge as well?",
)
def padded_at_the_start(image, kernel, mode="valid"):
    """In mode "full", your code pads the image with zeros only above and on the left.

    The kernel may reach past all four edges, so the image needs zeros on all four sides.
    """
    if mode == "full":
        image = _padded(image, kernel.shape[0] - 1, 0, kernel.shape[1] - 1, 0)
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "too many zeros around the image",
    hint="In the outermost position that still overlaps the image, how many rows of the kernel lie "
    "outside the image?",
)
def padded_by_the_kernel(image, kernel, mode="valid"):
    """In mode "full", your code adds as many rows and columns of zeros as the kernel has.

    That is one too many: in its outermost position the kernel would not touch the image at all.
    """
    if mode == "full":
        rows, columns = kernel.shape
        image = _padded(image, rows, rows, columns, columns)
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "same in place of full",
    hint='In mode "full" the kernel only has to overlap one pixel. How far out may it go, then?',
)
def padded_by_half(image, kernel, mode="valid"):
    """In mode "full", your code pads the image by half the size of the kernel.

    That gives an output as large as the image (many libraries call this mode "same"). In mode
    "full" the kernel goes further out, until it overlaps only one pixel.
    """
    if mode == "full":
        rows, columns = kernel.shape[0] // 2, kernel.shape[1] // 2
        image = _padded(image, rows, rows, columns, columns)
    return correlate2d(image, kernel)


@misconception(
    "ex01/correlate2d",
    "rows and columns of the padding mixed up",
    hint="Does the kernel's height or its width say how far it can reach past the upper edge?",
)
def padding_mixed_up(image, kernel, mode="valid"):
    """In mode "full", your code adds rows by the kernel's width and columns by its height.

    It should be the other way round: how far the kernel reaches past the upper edge depends on its
    height.
    """
    if mode == "full":
        rows, columns = kernel.shape[1] - 1, kernel.shape[0] - 1
        image = _padded(image, rows, rows, columns, columns)
    return correlate2d(image, kernel)


@misconception(
    "ex01/convolve2d",
    "the kernel is not turned",
    hint="What do you have to do to the kernel before you correlate? Try it on the worked example.",
)
def not_turned(image, kernel, mode="valid"):
    """Your output is the cross-correlation: the kernel was used as it is.

    For a convolution, rotate the kernel by 180 degrees first.
    """
    return correlate2d(image, kernel, mode)


@misconception(
    "ex01/convolve2d",
    "only upside down",
    hint="Where does the number in the kernel's top left corner end up? Where should it be?",
)
def rows_reversed(image, kernel, mode="valid"):
    """Your code reverses the rows of the kernel, but not its columns.

    Rotating by 180 degrees reverses both.
    """
    return correlate2d(image, kernel[::-1], mode)


@misconception(
    "ex01/convolve2d",
    "only left to right",
    hint="Where does the number in the kernel's top left corner end up? Where should it be?",
)
def columns_reversed(image, kernel, mode="valid"):
    """Your code reverses the columns of the kernel, but not its rows.

    Rotating by 180 degrees reverses both.
    """
    return correlate2d(image, kernel[:, ::-1], mode)


@misconception(
    "ex01/convolve2d",
    "the kernel is transposed",
    hint="Take a kernel with 1 row and 3 columns: what is its shape after a rotation by 180 degrees?",
)
def transposed_kernel(image, kernel, mode="valid"):
    """Your code transposes the kernel: its rows become columns.

    A rotation by 180 degrees keeps the shape of the kernel. It reverses the order of the rows, and
    the order of the columns.
    """
    return correlate2d(image, kernel.T, mode)


@misconception(
    "ex01/convolve2d",
    "a quarter turn",
    hint="By how many degrees does np.rot90 rotate an array by default?",
)
def quarter_turn(image, kernel, mode="valid"):
    """Your code rotates the kernel by 90 degrees, as np.rot90 does.

    A convolution needs half a turn, which keeps the shape of the kernel.
    """
    return correlate2d(image, np.rot90(kernel), mode)


@misconception(
    "ex01/convolve2d",
    "the image is turned",
    hint="Look at the formula: to which of the two arrays is rot180 applied?",
)
def turned_image(image, kernel, mode="valid"):
    """The numbers are right but in reverse order: your code rotates the image, not the kernel.

    If you rotate the image, the output is rotated with it. Leave the image as it is, and rotate
    the kernel.
    """
    return correlate2d(image[::-1, ::-1], kernel, mode)


@misconception(
    "ex01/convolve2d",
    "mode is not passed on",
    hint="When you call correlate2d, how does it know which mode to use?",
)
def mode_not_passed_on(image, kernel, mode="valid"):
    """In mode "full", your code returns the output for mode "valid".

    The correlation runs in its default mode, because your code does not pass the mode on.
    """
    return correlate2d(image, kernel[::-1, ::-1])


@misconception(
    "ex01/convolve2d",
    "the kernel is turned in place",
    hint="Print the kernel before and after the call. Who does that array belong to?",
)
def turned_in_place(image, kernel, mode="valid"):
    """The output is right, but your code rotates the kernel in place, and it stays rotated.

    The kernel belongs to the caller: the next call with it would compute a correlation.
    """
    kernel[:] = kernel[::-1, ::-1].copy()
    return correlate2d(image, kernel, mode)


@misconception(
    "ex01/convolve2d",
    "no return",
    hint="What does a Python function return when it ends without a return statement?",
)
def convolve2d_without_return(image, kernel, mode="valid"):
    """Your function returns None: it computes the output but does not return it."""
    correlate2d(image, kernel[::-1, ::-1], mode)
