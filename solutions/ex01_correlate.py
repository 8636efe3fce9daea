# ---
# jupyter:
#   exercise:
#     builds_on: []
#     minutes: 60
# ---

# %% [markdown]
# # Exercise 1: correlation and convolution
#
# A convolutional layer looks for a small pattern, the *kernel*, everywhere in an image. It lays the
# kernel over one part of the image, multiplies each kernel entry by the pixel beneath it, adds up the
# products, and moves on. This sliding sum of products is called **cross-correlation**:
#
# $$ (A \star K)_{u,v} = \sum_{a} \sum_{b} A_{u+a,\,v+b} \; K_{a,b} $$
#
# ## By hand
#
# A 4×4 image and a 2×2 kernel:
#
# $$
# A = \begin{pmatrix} 1 & 6 & 2 & 0 \\ 5 & 3 & 1 & 2 \\ 7 & 0 & 4 & 1 \\ 2 & 1 & 0 & 3 \end{pmatrix}
# \qquad
# K = \begin{pmatrix} 1 & 2 \\ -1 & 0 \end{pmatrix}
# $$
#
# The kernel fits in three positions from left to right and three from top to bottom, so the output is
# 3×3.
#
# ```
#  ┌───────┐
#  │ 1   6 │ 2   0      1·1 + 6·2 + 5·(-1) + 3·0 =  8
#  │ 5   3 │ 1   2
#  └───────┘
#    7   0   4   1
#    2   1   0   3
#
#      ┌───────┐
#    1 │ 6   2 │ 0      6·1 + 2·2 + 3·(-1) + 1·0 =  7      and so on:
#    5 │ 3   1 │ 2
#      └───────┘
#    7   0   4   1
#    2   1   0   3
# ```
#
# $$ A \star K = \begin{pmatrix} 8 & 7 & 1 \\ 4 & 5 & 1 \\ 5 & 7 & 6 \end{pmatrix} $$
#
# ## Two modes
#
# * **valid**: the kernel stays inside the image, as above. An image of $H \times W$ and a kernel of
#   $k_h \times k_w$ give $(H - k_h + 1) \times (W - k_w + 1)$. (In this course the kernel is never
#   larger than the image.)
# * **full**: the kernel only has to overlap the image in one pixel; everything outside the image
#   counts as 0. This is the same as a valid correlation after padding the image with $k_h - 1$ rows
#   of zeros above and below, and $k_w - 1$ columns of zeros left and right. The output is
#   $(H + k_h - 1) \times (W + k_w - 1)$.
#
# ## Convolution
#
# **Convolution** is correlation with the kernel rotated by 180°, that is, flipped upside down *and*
# left to right:
#
# $$ A * K = A \star \operatorname{rot180}(K), \qquad \operatorname{rot180}(K)_{a,b} = K_{k_h-1-a,\;k_w-1-b} $$
#
# $$
# \operatorname{rot180}\begin{pmatrix} 1 & 2 \\ -1 & 0 \end{pmatrix} = \begin{pmatrix} 0 & -1 \\ 2 & 1 \end{pmatrix}
# \qquad
# A * K = \begin{pmatrix} 7 & 5 & 4 \\ 11 & 3 & 7 \\ 5 & -2 & 2 \end{pmatrix}
# $$
#
# The first number is $1·0 + 6·(-1) + 5·2 + 3·1 = 7$. Despite its name, a convolutional layer computes
# a correlation in its forward pass. Convolution appears in its backward pass (exercise 2).
#
# ## What to write
#
# Write both functions with NumPy only. Loops are fine, and so is any array trick. Do not call a
# ready-made correlation or convolution (SciPy's, for example): writing one is the point of this
# exercise. From exercise 2 on you may use SciPy's.

# %%
"""Exercise 1: cross-correlation and convolution of an image and a kernel."""

import numpy as np


def correlate2d(image: np.ndarray, kernel: np.ndarray, mode: str = "valid") -> np.ndarray:
    """Cross-correlate an image with a kernel.

    Parameters
    ----------
    image : ndarray of shape (H, W)
    kernel : ndarray of shape (kh, kw)
        Not larger than the image.
    mode : {"valid", "full"}
        "valid" keeps the kernel inside the image; "full" lets it reach past the edges, into zeros.

    Returns
    -------
    ndarray
        Of shape (H - kh + 1, W - kw + 1) for valid, (H + kh - 1, W + kw - 1) for full.

    Raises
    ------
    ValueError
        If `mode` is another word (good manners, but not graded).
    """
    # TODO: 1. If mode is "full", pad the image with zeros: kh - 1 rows above and below, kw - 1
    #          columns left and right (np.pad does this). If it is neither "valid" nor "full", you
    #          may raise a ValueError.
    #       2. Create an output array of zeros in the right shape.
    #       3. For every position (u, v) of the output, take the window of the image that lies under
    #          the kernel, multiply it by the kernel and store the sum.
    ### BEGIN SOLUTION
    if mode not in ("valid", "full"):
        raise ValueError(f'mode must be "valid" or "full", not {mode!r}')
    kernel_height, kernel_width = kernel.shape
    if mode == "full":
        rows, columns = kernel_height - 1, kernel_width - 1
        image = np.pad(image, ((rows, rows), (columns, columns)))

    height = image.shape[0] - kernel_height + 1
    width = image.shape[1] - kernel_width + 1
    output = np.zeros((height, width))
    for u in range(height):
        for v in range(width):
            window = image[u : u + kernel_height, v : v + kernel_width]
            output[u, v] = np.sum(window * kernel)
    return output
    ### END SOLUTION


# %% [markdown] hints="correlate2d"
# Look at the two pictures under "By hand". Work out the third number of the first row on paper (it
# is 1), and note which rows and columns of the image you used.
#
# Every number of the output comes from its own window of the image, as large as the kernel. Two
# loops over the rows and columns of the output (not of the image) visit all the windows. The mode
# "full" works the same way once the image is padded with zeros.
#
# The window for position (u, v) covers rows u to u + kh − 1 and columns v to v + kw − 1. The output
# there is the sum of window ⊙ kernel (⊙ multiplies element by element). The output has H − kh + 1
# rows and W − kw + 1 columns, where H and W are the size of the image after any padding.

# %% [markdown]
# The second function is short once you have the first. (It is graded on its own, so you may also
# write out its loops.)


# %%
def convolve2d(image: np.ndarray, kernel: np.ndarray, mode: str = "valid") -> np.ndarray:
    """Convolve an image with a kernel: correlate it with the kernel rotated by 180 degrees.

    Parameters
    ----------
    image : ndarray of shape (H, W)
    kernel : ndarray of shape (kh, kw)
        Not larger than the image.
    mode : {"valid", "full"}
        As in `correlate2d`.

    Returns
    -------
    ndarray
        Of shape (H - kh + 1, W - kw + 1) for valid, (H + kh - 1, W + kw - 1) for full.

    Raises
    ------
    ValueError
        If `mode` is another word (good manners, but not graded).
    """
    # TODO: 1. Rotate the kernel by 180 degrees: reverse its rows and its columns.
    #       2. Correlate the image with the rotated kernel.
    ### BEGIN SOLUTION
    return correlate2d(image, kernel[::-1, ::-1], mode)
    ### END SOLUTION


# %% [markdown] hints="convolve2d"
# Look at the section "Convolution": its first formula contains only one thing that you have not
# written yet. Compare your result with the example there: its first number is 7.
#
# Leave the image as it is; only the kernel is rotated by 180 degrees. That is not transposing: the
# first number in the kernel becomes the last, along the rows and along the columns.
#
# The rotated kernel has at (a, b) what the kernel has at (kh − 1 − a, kw − 1 − b): the rows are in
# reverse order, and so are the numbers within each row. Correlate the image with it, and pass the
# mode on.

# %% [markdown]
# ## See it
#
# Run this file to see a handwritten digit under two kernels: one responds to vertical edges, the
# other to horizontal edges.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets import load_digits
    from datasets.demo import if_written, show

    A = np.array([[1, 6, 2, 0], [5, 3, 1, 2], [7, 0, 4, 1], [2, 1, 0, 3]])
    K = np.array([[1, 2], [-1, 0]])
    with if_written():
        print("The example above, correlated:", correlate2d(A, K, "valid"), sep="\n")
    with if_written():
        print("The example above, convolved:", convolve2d(A, K, "valid"), sep="\n")

    digit = load_digits().x_train[3, 0]
    vertical = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    pictures = {"a digit": digit}
    with if_written():
        pictures["vertical edges"] = correlate2d(digit, vertical, "valid")
        pictures["horizontal edges"] = correlate2d(digit, vertical.T, "valid")
    figure, axes = plt.subplots(1, 3, figsize=(9, 3.4), layout="constrained")
    for axis, (title, picture) in zip(axes, pictures.items(), strict=False):
        axis.imshow(picture, cmap="gray")
        axis.set_title(f"{title}, {picture.shape[0]}×{picture.shape[1]}")
    for axis in axes:
        axis.axis("off")
    show()
