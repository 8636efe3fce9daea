"""Known mistakes of exercise 1: convolution."""

import numpy as np

from grader.checking.oracles import correlate2d
from grader.misconceptions import misconception


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
