"""Known mistakes of exercise 1: correlation."""

import numpy as np

from grader.checking.oracles import convolve2d, correlate2d
from grader.misconceptions import another_way, misconception


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


def _loops(image, kernel, mode, number, window=None):
    """Write out the loops, and compute each number from its window, of a given shape."""
    rows, columns = window or kernel.shape
    if mode == "full":
        image = _padded(image, rows - 1, rows - 1, columns - 1, columns - 1)
    output = np.zeros((max(image.shape[0] - rows + 1, 0), max(image.shape[1] - columns + 1, 0)))
    for u, v in np.ndindex(output.shape):
        output[u, v] = number(image[u : u + rows, v : v + columns], kernel)
    return output


def _sum_of_products(window, kernel):
    return np.sum(window * kernel)


@misconception(
    "ex01/correlate2d",
    "matrix product of window and kernel",
    hint="Which operator multiplies number by number: `*` or `@`? The window has the kernel's shape.",
)
def matrix_product(image, kernel, mode="valid"):
    """Your code multiplies window and kernel as matrices, with `@` or np.dot.

    In cross-correlation, each number of the kernel is multiplied by the one pixel beneath it.
    """
    return _loops(image, kernel, mode, lambda window, kernel: np.sum(window @ kernel))


@another_way(matrix_product)
def matrix_product_alone(image, kernel, mode="valid"):
    return _loops(image, kernel, mode, lambda window, kernel: window @ kernel)


@misconception(
    "ex01/correlate2d",
    "Python's sum in place of NumPy's",
    hint="Print sum(a) and np.sum(a) for an array `a` of shape (2, 3).",
)
def builtin_sum(image, kernel, mode="valid"):
    """Your code adds up the products with sum(), which adds up the rows of an array only.

    The result is a row of numbers, not one number. np.sum adds up all of them.
    """
    return _loops(image, kernel, mode, lambda window, kernel: sum(window * kernel))


@misconception(
    "ex01/correlate2d",
    "an output that holds whole numbers",
    hint="Print output.dtype. What numbers can an array of that type hold?",
)
def whole_numbers(image, kernel, mode="valid"):
    """Your output array has an integer type, so everything after the decimal point is lost."""
    return correlate2d(image, kernel, mode).astype(int)


@another_way(transposed_output)
def swapped_indices(image, kernel, mode="valid"):
    output = np.zeros(correlate2d(image, kernel, mode).shape)
    for (u, v), number in np.ndenumerate(correlate2d(image, kernel, mode)):
        output[v, u] = number
    return output


@misconception(
    "ex01/correlate2d",
    "windows not of the kernel's shape",
    hint="Print the shape of each window, for a kernel of 2 rows and 3 columns. Is it always (2, 3)?",
)
def square_kernel(image, kernel, mode="valid"):
    """A window does not have the kernel's shape, (kh, kw).

    Either its height and width are mixed up (a kernel need not be square), or it sticks out of the
    image, where a slice is cut short: loop over the positions of the output.
    """
    return _loops(image, kernel, mode, _sum_of_products, (kernel.shape[0], kernel.shape[0]))


@another_way(square_kernel)
def square_by_width(image, kernel, mode="valid"):
    return _loops(image, kernel, mode, _sum_of_products, (kernel.shape[1], kernel.shape[1]))


@another_way(square_kernel)
def height_and_width_swapped(image, kernel, mode="valid"):
    return _loops(image, kernel, mode, _sum_of_products, (kernel.shape[1], kernel.shape[0]))


@misconception(
    "ex01/correlate2d",
    "only one product kept",
    hint="Your inner loops compute many products for one number of the output. What happens to them?",
)
def last_product_only(image, kernel, mode="valid"):
    """Each number of your output is only the last product of its window: use += in place of =."""
    return _loops(image, kernel, mode, lambda window, kernel: window[-1, -1] * kernel[-1, -1])
