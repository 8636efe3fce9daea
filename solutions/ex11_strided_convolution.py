# ---
# jupyter:
#   exercise:
#     assignment: advanced
#     builds_on: [ex01, ex10]
#     minutes: 75
# ---

# %% [markdown]
# # Exercise 11: stride and padding
#
# A kernel need not stop at every pixel. With a **stride** $S$ it goes on by $S$ pixels at a time, so the
# output is $S$ times smaller in each direction. And it need not stay inside the image: **padding** puts a
# border of zeros around it. Nearly every network in use has both. Here you write the small functions that
# deal with them; exercise 13 makes a layer of them.
#
# ## How many windows fit?
#
# Along one direction, let the image have $X$ pixels, the filter $F$ and the padding $P$ on either side.
# The first window begins at pixel 0 of the padded image. The last one must still fit, so it begins at
# $X + 2P - F$ at the latest. In between there is one at every $S$-th pixel:
#
# $$ X' \;=\; \left\lfloor \frac{X + 2P - F}{S} \right\rfloor + 1 \tag{1} $$
#
# The brackets mean rounding down. With $X = 6$, $F = 3$, $P = 0$ and $S = 2$ that is
# $\lfloor 3/2 \rfloor + 1 = 2$ windows: they begin at pixels 0 and 2.
#
# **Pixels that nobody sees.** The last of these windows ends at pixel 4. Pixel 5 is in no window, since
# another step would lead beyond the edge. The division in (1) leaves as its remainder the number of these
# **excluded pixels** at the end (without padding):
#
# $$ (X - F) \bmod S \tag{2} $$
#
# Here: $3 \bmod 2 = 1$. No output depends on them, so their gradient is zero, and the array of the input
# gradient needs a zero there, or it does not have the image's shape.
#
# ![Six pixels in a row, and a filter of three that moves by two: the windows begin at pixels 0 and 2, and pixel
# 5 is in none of them.](pictures/ex11_strided_convolution/windows.png)
#
# ## How much padding?
#
# Four ways of saying it are in use:
#
# | `padding` | zeros |
# |---|---|
# | an int $P$ | $P$ on all four sides |
# | a pair $(P, Q)$ | $P$ above and below, $Q$ on the left and on the right |
# | `"valid"` | none: only windows that lie inside the image |
# | `"same"` | as many as give the output $\lceil X / S \rceil$ numbers, rounded up; with $S = 1$ as many as the input has |
#
# For `"same"`, solve for the zeros. The windows begin at $0, S, 2S, \dots$, and the last of
# $\lceil X/S \rceil$ windows ends at $(\lceil X/S \rceil - 1)\,S + F$. What the image lacks up to there is
# the number of zeros, on both sides together:
#
# $$ \max\left( (\lceil X/S \rceil - 1)\, S + F - X,\; 0 \right) \tag{3} $$
#
# Half of them go above (or to the left). If their number is odd, **the larger half goes below and to the right**:
# that is TensorFlow's rule, and it matters with every even filter. With $X = 4$, $F = 2$ and $S = 1$ there
# is one zero, below. With $X = 5$, $F = 3$ and $S = 2$ there are $2 \cdot 2 + 3 - 5 = 2$, one on either side.
#
# The **full** convolution of exercise 1 is the same with $F - 1$ zeros on either side: then every window
# that overlaps the image by at least one pixel counts.

# %% [markdown]
# ## Backward, through a stride
#
# Forward with stride $S$ gives the numbers that stride 1 would give, and keeps only every $S$-th of them. What
# was left out had no influence: its gradient is zero. So put zeros where those numbers would have been,
# $S - 1$ between any two neighbours, and go on as if the stride had been 1. This is called **dilating** the
# gradient.
#
# ## By hand
#
# $$
# X = \begin{pmatrix} 1 & 0 & 2 & 1 \\ 3 & 1 & 0 & 2 \\ 0 & 2 & 1 & 1 \\ 1 & 1 & 3 & 0 \end{pmatrix}, \quad
# K = \begin{pmatrix} 1 & 2 \\ 0 & -1 \end{pmatrix}, \quad S = 2
# $$
#
# The four windows are the four quarters of the image, and the correlations with the kernel are
# $1 + 0 - 1 = 0$, $2 + 2 - 2 = 2$, $0 + 4 - 1 = 3$ and $1 + 2 - 0 = 3$. Let $G$ be the output gradient,
# and dilate it:
#
# $$
# Y = \begin{pmatrix} 0 & 2 \\ 3 & 3 \end{pmatrix}, \qquad
# G = \begin{pmatrix} 1 & -1 \\ 2 & 1 \end{pmatrix} \;\to\;
# \begin{pmatrix} 1 & 0 & -1 \\ 0 & 0 & 0 \\ 2 & 0 & 1 \end{pmatrix}
# $$
#
# The kernel's gradient is the correlation of the image with the dilated gradient; its first number is
# $1 \cdot 1 - 1 \cdot 2 + 2 \cdot 0 + 1 \cdot 1 = 0$. The input gradient is the full correlation of the dilated
# gradient with the kernel turned by 180 degrees, which pastes a copy of $K$, times a number of $G$, into
# each quarter:
#
# $$
# \frac{\partial E}{\partial K} = \begin{pmatrix} 0 & 4 \\ 8 & 1 \end{pmatrix}, \qquad
# \frac{\partial E}{\partial X} =
# \begin{pmatrix} 1 & 2 & -1 & -2 \\ 0 & -1 & 0 & 1 \\ 2 & 4 & 1 & 2 \\ 0 & -2 & 0 & -1 \end{pmatrix}
# $$
#
# If the image had a fifth row and a fifth column, $(5 - 2) \bmod 2 = 1$ of each would be excluded: the input
# gradient would be the same, with a row of zeros below and a column of zeros on the right.
#
# ![The output gradient, dilated with a row and a column of zeros; the turned kernel; and their full correlation,
# in which each quarter is a multiple of the kernel.](pictures/ex11_strided_convolution/dilation.png)

# %%
"""Exercise 11: padding, strides, and what they mean for the gradient."""

from __future__ import annotations

import numpy as np

Widths = tuple[tuple[int, int], tuple[int, int]]


def pad(
    x: np.ndarray,
    padding: int | tuple[int, int] | str,
    filter_shape: tuple[int, int],
    stride: int = 1,
) -> tuple[np.ndarray, Widths]:
    """Put zeros around images, for a filter of this shape that moves with this stride.

    Parameters
    ----------
    x : ndarray of shape (..., H, W)
        One image or many: the last two axes are padded.
    padding : int, pair of int, "valid" or "same"
        As in the table above. For "same", the larger half goes below and to the right.
    filter_shape : (int, int)
        The rows and columns of the filter; only "same" needs them, and the stride.
    stride : int

    Returns
    -------
    padded : ndarray of shape (..., top + H + bottom, left + W + right)
        Of x's dtype.
    widths : ((top, bottom), (left, right))
        How many rows and columns of zeros there are.

    Raises
    ------
    ValueError
        If `padding` is another word.
    """
    # TODO: 1. Find how many zeros go above, below, to the left and to the right: equation (3) for "same".
    #       2. Make an array of zeros of the padded shape, and put x into its place.
    #       3. Return the array, and the numbers of zeros as ((top, bottom), (left, right)).
    ### BEGIN SOLUTION
    height, width = x.shape[-2:]
    if padding == "same":
        totals = [
            max((-(-size // stride) - 1) * stride + filter - size, 0)
            for size, filter in zip((height, width), filter_shape, strict=True)
        ]
        (top, bottom), (left, right) = ((total // 2, total - total // 2) for total in totals)
    elif padding == "valid":
        top = bottom = left = right = 0
    elif isinstance(padding, str):
        raise ValueError(f'padding must be a number, a pair, "valid" or "same", not {padding!r}')
    else:
        top, left = padding if isinstance(padding, tuple | list) else (padding, padding)
        bottom, right = top, left
    padded = np.zeros((*x.shape[:-2], top + height + bottom, left + width + right), x.dtype)
    padded[..., top : top + height, left : left + width] = x
    return padded, ((top, bottom), (left, right))
    ### END SOLUTION


def output_size(size: int, filter: int, stride: int = 1, padding: int | str = 0) -> int:
    """Return how many windows fit along one direction.

    Parameters
    ----------
    size, filter : int
        The pixels of the image and of the filter in this direction.
    stride : int
    padding : int, "valid" or "same"
        An int is the number of zeros on either side.
    """
    # TODO: Return the number of outputs: equation (1), or what "same" promises.
    ### BEGIN SOLUTION
    if padding == "same":
        return -(-size // stride)
    zeros = padding if isinstance(padding, int) else 0
    return (size + 2 * zeros - filter) // stride + 1
    ### END SOLUTION


def excluded_pixels(size: int, filter: int, stride: int) -> int:
    """Return how many pixels at the end no window reaches, along one direction, without padding."""
    # TODO: Return the number in equation (2).
    ### BEGIN SOLUTION
    return (size - filter) % stride
    ### END SOLUTION


def dilate(gradient: np.ndarray, stride: int) -> np.ndarray:
    """Put `stride` - 1 zeros between any two neighbours in the last two axes.

    Parameters
    ----------
    gradient : ndarray of shape (..., H', W')
    stride : int

    Returns
    -------
    ndarray of shape (..., (H' - 1) * stride + 1, (W' - 1) * stride + 1)
        Of the gradient's dtype.
    """
    # TODO: 1. Make an array of zeros of the result's shape.
    #       2. Put the gradient's numbers into every stride-th place, and return the array.
    ### BEGIN SOLUTION
    height, width = gradient.shape[-2:]
    shape = ((height - 1) * stride + 1, (width - 1) * stride + 1)
    dilated = np.zeros((*gradient.shape[:-2], *shape), gradient.dtype)
    dilated[..., ::stride, ::stride] = gradient
    return dilated
    ### END SOLUTION


def convolve(
    image: np.ndarray, kernel: np.ndarray, stride: int = 1, full: bool = False
) -> np.ndarray:
    """Correlate an image with a kernel, with a stride (which layers call a convolution).

    Parameters
    ----------
    image : ndarray of shape (H, W)
    kernel : ndarray of shape (R, S)
    stride : int
        How far the kernel moves, down and to the right.
    full : bool
        Whether to pad the image first, with R - 1 rows and S - 1 columns of zeros on either side.

    Returns
    -------
    ndarray
        One number for each window; see equation (1).
    """
    # TODO: 1. If full, put the zeros around the image.
    #       2. Multiply each window with the kernel, and add up. Windows begin at every stride-th pixel.
    ### BEGIN SOLUTION
    rows, columns = kernel.shape
    if full:
        image, _ = pad(image, (rows - 1, columns - 1), kernel.shape)
    height = output_size(image.shape[0], rows, stride)
    width = output_size(image.shape[1], columns, stride)
    output = np.zeros((height, width), image.dtype)
    for a in range(rows):
        for d in range(columns):
            met = image[a : a + stride * height : stride, d : d + stride * width : stride]
            output += met * kernel[a, d]
    return output
    ### END SOLUTION


# %% [markdown] hints="pad"
# Write down the four numbers, top, bottom, left and right, for each line of the table, for an image of 5
# rows and 4 columns.
#
# Only "same" needs arithmetic. How far does the last window reach, and how far the image? The difference is
# the sum of both sides; it cannot be negative.
#
# For "same", along each direction: the outputs are X over S, rounded up; the zeros are (outputs − 1) · S + F −
# X, but at least 0. Half of that, rounded down, goes above or left; the rest goes below or right. A negative
# number divided with rounding down, and negated again, is rounded up.

# %% [markdown] hints="output_size"
# Draw an image of 6 pixels, and push a filter of 3 along it by 2. Where do the windows begin?
#
# The first window begins at 0, the last possible one at X + 2P − F. How many multiples of S lie between
# them, both ends included?
#
# (X + 2P − F) divided by S, rounded down, plus 1. For "same" it is X divided by S, rounded up.

# %% [markdown] hints="excluded_pixels"
# Where does the last window of an image of 6 pixels end, if the filter has 3 and the stride is 2?
#
# The windows need F pixels, and S more for each further step. What remains of the image?
#
# The remainder of X − F when it is divided by S.

# %% [markdown] hints="dilate"
# Write the result for the row (1, −1) and stride 3. How long is it?
#
# n numbers have n − 1 gaps between them, with S − 1 zeros each. There is nothing before the first number, and
# nothing after the last one.
#
# In an array of zeros of size (n − 1) · S + 1, the numbers stand at places 0, S, 2S and so on, in both
# directions. Slices have a step.

# %% [markdown] hints="convolve"
# Begin with stride 1 and without padding: you wrote this in exercise 1. Which windows does a stride leave
# out?
#
# The window of output (u, v) begins in row u · S and column v · S. With full, the same holds for the padded
# image.
#
# For each place (a, d) of the kernel, the pixels that it meets begin in row a and column d, and lie S apart:
# as many as there are outputs. Add k(a, d) times these pixels to the output, for all a and d.

# %% [markdown]
# ## See it
#
# Run this file to see the example above computed, and what strides and paddings do to a picture of a
# digit. The input gradient is checked against differences, excluded pixels included.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets import load_digits
    from datasets.demo import if_written, show

    X = np.array([[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 1, 3, 0]], float)
    K = np.array([[1, 2], [0, -1]], float)
    G = np.array([[1, -1], [2, 1]], float)
    with if_written():
        print("The example above: output", convolve(X, K, stride=2), sep="\n")
    with if_written():
        print("dilated gradient", dilate(G, 2), sep="\n")
        print("kernel gradient", convolve(X, dilate(G, 2)), sep="\n")
        print("input gradient", convolve(dilate(G, 2), K[::-1, ::-1], full=True), sep="\n")
    with if_written():
        print("excluded pixels of 5, with a filter of 2 and stride 2:", excluded_pixels(5, 2, 2))
    with if_written():
        big, step = np.arange(25.0).reshape(5, 5) % 7, 1e-6
        slopes = np.zeros((5, 5))
        for place in np.ndindex(5, 5):
            moved = big.copy()
            moved[place] += step
            change = convolve(moved, K, stride=2) - convolve(big, K, stride=2)
            slopes[place] = np.sum(G * change) / step
        print("the slopes of a 5 x 5 image; nothing depends on its last row and column")
        print(np.round(slopes, 3))

    digit = load_digits().x_train[0, 0]
    edges = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])
    figure, axes = plt.subplots(1, 4, figsize=(11, 3.4), layout="constrained")
    axes[0].imshow(digit, cmap="gray_r")
    axes[0].set_title(f"a digit, {digit.shape}")
    with if_written():
        pictures = {
            "stride 1": convolve(digit, edges),
            "stride 2": convolve(digit, edges, stride=2),
            "full": convolve(digit, edges, full=True),
        }
        for axis, (name, picture) in zip(axes[1:], pictures.items(), strict=True):
            axis.imshow(picture, cmap="PuOr", vmin=-4, vmax=4)
            axis.set_title(f"edges, {name}, {picture.shape}")
    for axis in axes:
        axis.set_axis_off()
    show()

# %% [markdown]
# ## Go deeper
#
# * V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning* (2016): strides and paddings
#   as pictures, forward and backward. <https://arxiv.org/abs/1603.07285>
# * J. Springenberg, A. Dosovitskiy, T. Brox and M. Riedmiller, *Striving for simplicity: the all convolutional
#   net* (2015): strides in place of pooling. <https://arxiv.org/abs/1412.6806>
# * A. Zhang, Z. Lipton, M. Li and A. Smola, *Dive into Deep Learning*, section 7.3: padding and stride.
#   <https://d2l.ai/chapter_convolutional-neural-networks/padding-and-strides.html>
# * A. Odena, V. Dumoulin and C. Olah, *Deconvolution and checkerboard artifacts* (2016): what dilated gradients
#   look like. <https://distill.pub/2016/deconv-checkerboard/>
