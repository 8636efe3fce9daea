# ---
# jupyter:
#   exercise:
#     assignment: advanced
#     builds_on: [ex10, ex11]
#     minutes: 75
# ---

# %% [markdown]
# # Exercise 12: convolution as one matrix product
#
# A convolution written as loops is slow, and not because of its arithmetic. Python spends far more time on
# each step of a loop than the processor on a multiplication. Matrix products, on the other hand, are the most
# carefully tuned routines that a processor has: they keep numbers in its caches, use its widest
# instructions, and run on all its cores. So write every window of every image as a **column** of a large
# matrix, and the whole convolution is one product. The trick is called **im2col**, for *image to column*.
#
# ## The matrix
#
# Let $x$ have the shape $(N, C, H, W)$, the filter $R \times S$ places, and the output $H' \times W'$
# positions (exercise 11 counts them). Then the matrix has
#
# * one **row** for each place in a kernel, $(c, a, d)$: ordered by channel, then row, then column of the kernel;
#   $C \cdot R \cdot S$ of them;
# * one **column** for each window, $(n, u, v)$: ordered by image, then row, then column of the output;
#   $N \cdot H' \cdot W'$ of them.
#
# In row $(c, a, d)$ and column $(n, u, v)$ stands the pixel that this place of the kernel meets in this window,
# with stride $s$:
#
# $$ M[(c,a,d),\,(n,u,v)] \;=\; x_n[c,\; s\,u + a,\; s\,v + d] \tag{1} $$
#
# Write each kernel as a row in the same order, and put the $F$ rows below each other: that is `kernels`, with the
# shape $(F, C \cdot R \cdot S)$. Then
#
# $$ Y \;=\; K\,M + b \tag{2} $$
#
# has the shape $(F,\; N \cdot H' \cdot W')$: a row for each kernel, a column for each window.
#
# ## By hand
#
# One image of one channel, a filter of $2 \times 2$, stride 1:
#
# $$
# X = \begin{pmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \\ 7 & 8 & 9 \end{pmatrix} \quad\to\quad
# M = \begin{pmatrix} 1 & 2 & 4 & 5 \\ 2 & 3 & 5 & 6 \\ 4 & 5 & 7 & 8 \\ 5 & 6 & 8 & 9 \end{pmatrix}
# $$
#
# The first column is the window in the upper left corner, $1, 2, 4, 5$. The first row is what the upper left
# place of the kernel meets in all four windows. With the kernel $\begin{pmatrix} 1 & 2 \\ -1 & 0 \end{pmatrix}$:
#
# $$ Y = \begin{pmatrix} 1 & 2 & -1 & 0 \end{pmatrix} M = \begin{pmatrix} 1 & 3 & 7 & 9 \end{pmatrix} $$
#
# ![A 3 by 3 image with two windows framed. Each window is a column of the matrix beside it, and each row of the
# matrix is what one place of the kernel meets.](pictures/ex12_im2col/columns.png)

# %% [markdown]
# ## Back: the adjoint
#
# Backward, (2) is a dense layer (exercise 4). Let $G$ be the output gradient in the shape of $Y$. Then the
# gradient of the kernels is $G\,M^\top$, and that of the matrix is $K^\top G$. But the matrix is not the image:
# a pixel stands in it once for every window that sees it. By the chain rule its gradient is the **sum** over all
# these places. This is what `col2im` computes:
#
# $$ \text{col2im}(Z)_n[c, r, t] \;=\; \sum_{\substack{(a,\,d,\,u,\,v) \text{ with} \\ s u + a = r,\; s v + d = t}}
#    Z[(c,a,d),\,(n,u,v)] \tag{3} $$
#
# It is not the inverse of im2col: the sum does not undo the copying. If you put ones into the whole matrix of the
# example, it counts how many windows see each pixel:
#
# $$ \text{col2im}(\text{ones}) = \begin{pmatrix} 1 & 2 & 1 \\ 2 & 4 & 2 \\ 1 & 2 & 1 \end{pmatrix} $$
#
# It is the **adjoint**: for all images $X$ and all matrices $Z$,
#
# $$ \sum \text{im2col}(X) \cdot Z \;=\; \sum X \cdot \text{col2im}(Z) \tag{4} $$
#
# where the products are taken number by number. With ones for $Z$, the left side is the sum of $M$, $12 + 16 + 24 +
# 28 = 80$. The right side is $1 + 4 + 3 + 8 + 20 + 12 + 7 + 16 + 9 = 80$. Every backward pass is the adjoint of
# its forward pass, and (4) is a test for one that needs no derivation.
#
# ![How many windows see each pixel of a 3 by 3 image: 1 in the corners, 2 at the edges, 4 in the
# middle.](pictures/ex12_im2col/counts.png)
#
# ## What it costs
#
# Memory. Each pixel is copied up to $R \cdot S$ times, so for kernels of $3 \times 3$ the matrix is about nine times
# as large as the images. And the copying takes time as well. So do not fill the matrix window by window:
# there are thousands. There are only $R \cdot S$ places in a kernel. For each of them, what it meets in **all** windows
# of **all** images is one slice of `x`, with the stride as its step. Nine copies fill the whole matrix.

# %%
"""Exercise 12: im2col, its adjoint, and convolution as one matrix product."""

from __future__ import annotations

import numpy as np


def im2col(x: np.ndarray, filter_shape: tuple[int, int], stride: int = 1) -> np.ndarray:
    """Return the matrix of equation (1): a column for each window.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
    filter_shape : (int, int)
        The rows R and columns S of the filter.
    stride : int

    Returns
    -------
    ndarray of shape (C * R * S, N * H' * W')
        Of x's dtype.
    """
    # TODO: 1. Make an array of shape (C, R, S, N, H', W').
    #       2. For each place (a, d) of the filter, copy the pixels that it meets in all windows into it.
    #       3. Return the array, reshaped into a matrix.
    ### BEGIN SOLUTION
    samples, channels, height, width = x.shape
    rows, columns = filter_shape
    down, across = (height - rows) // stride + 1, (width - columns) // stride + 1
    matrix = np.empty((channels, rows, columns, samples, down, across), x.dtype)
    for a in range(rows):
        for d in range(columns):
            met = x[:, :, a : a + stride * down : stride, d : d + stride * across : stride]
            matrix[:, a, d] = met.swapaxes(0, 1)
    return matrix.reshape(channels * rows * columns, -1)
    ### END SOLUTION


def col2im(
    columns: np.ndarray,
    x_shape: tuple[int, int, int, int],
    filter_shape: tuple[int, int],
    stride: int = 1,
) -> np.ndarray:
    """Return the sum, for each pixel, of its places in the matrix: equation (3).

    Parameters
    ----------
    columns : ndarray of shape (C * R * S, N * H' * W')
        A matrix such as `im2col` returns for images of this shape.
    x_shape : (int, int, int, int)
        The images' shape, (N, C, H, W).
    filter_shape : (int, int)
    stride : int

    Returns
    -------
    ndarray of shape (N, C, H, W)
        Of the matrix's dtype. A pixel that no window sees gets 0.
    """
    # TODO: 1. Reshape the matrix to (C, R, S, N, H', W').
    #       2. Make an array of zeros of the images' shape.
    #       3. For each place (a, d) of the filter, add its rows of the matrix to the pixels that it meets.
    ### BEGIN SOLUTION
    samples, channels, height, width = x_shape
    rows, cols = filter_shape
    down, across = (height - rows) // stride + 1, (width - cols) // stride + 1
    apart = columns.reshape(channels, rows, cols, samples, down, across)
    x = np.zeros(x_shape, columns.dtype)
    for a in range(rows):
        for d in range(cols):
            where = (slice(a, a + stride * down, stride), slice(d, d + stride * across, stride))
            x[:, :, *where] += apart[:, a, d].swapaxes(0, 1)
    return x
    ### END SOLUTION


def conv2d_im2col(
    x: np.ndarray, kernels: np.ndarray, bias: np.ndarray, stride: int = 1
) -> np.ndarray:
    """Correlate every image with every kernel by one matrix product: equation (2).

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
    kernels : ndarray of shape (F, C, R, S)
    bias : ndarray of shape (F,)
    stride : int

    Returns
    -------
    ndarray of shape (N, F, H', W')
    """
    # TODO: 1. Write each kernel as a row.
    #       2. Multiply with the matrix of all windows, and add to each row its kernel's bias.
    #       3. Give the result the shape (F, N, H', W'), and exchange the first two axes.
    ### BEGIN SOLUTION
    filters, _, rows, columns = kernels.shape
    down, across = (x.shape[2] - rows) // stride + 1, (x.shape[3] - columns) // stride + 1
    product = kernels.reshape(filters, -1) @ im2col(x, (rows, columns), stride)
    product += bias[:, np.newaxis]
    return product.reshape(filters, len(x), down, across).swapaxes(0, 1)
    ### END SOLUTION


# %% [markdown] hints="im2col"
# Write the matrix of the example for two images. Which columns belong to the second one?
#
# Row (c, a, d) holds what one place of the kernel meets: a slice of channel c, in all images, that begins in
# row a and column d. An array with the six axes c, a, d, n, u, v keeps the order.
#
# For each place (a, d): all images and channels, the rows from a in steps of s, H' of them, the columns from d in
# steps of s, W' of them. This has the axes n, c, u, v; the array wants c before n.

# %% [markdown] hints="col2im"
# How often does the pixel in the middle of the example stand in the matrix, and in which rows?
#
# It is im2col, read from right to left: what was copied from a pixel is added to it. Reshape the matrix to six axes
# first, as there.
#
# For each place (a, d), the numbers in rows (c, a, d), with the axes c, n, u, v, are added to the pixels of image n
# and channel c in rows a, a + s, a + 2s and so on, and the same for columns. Assigning in place of adding
# loses all windows but the last.

# %% [markdown] hints="conv2d_im2col"
# Which shapes have the three factors of equation (2)? Write them below each other.
#
# The kernels become a matrix of F rows without any copying: their order of axes is that of the matrix's rows.
# The product has the axes f and (n, u, v).
#
# Split the columns of the product into n, u and v: that is (F, N, H', W'). The output has n first, so exchange
# the first two axes; reshaping to (N, F, H', W') directly would mix up images and kernels.

# %% [markdown]
# ## See it
#
# Run this file to see the example computed, and a ladder of four ways to compute the same convolution: with a loop for
# each index, with a product for each window, with a product for each place in the kernel, and with one product for all.

# %%
if __name__ == "__main__":
    import time

    import matplotlib.pyplot as plt

    from datasets.demo import if_written, show

    X = np.arange(1.0, 10).reshape(1, 1, 3, 3)
    K = np.array([[[[1.0, 2], [-1, 0]]]])
    with if_written():
        print("The example above: the matrix", im2col(X, (2, 2)), sep="\n")
    with if_written():
        print("how many windows see each pixel", col2im(np.ones((4, 4)), X.shape, (2, 2)), sep="\n")
    with if_written():
        print("the output", conv2d_im2col(X, K, np.zeros(1)), sep="\n")

    rng = np.random.default_rng(0)
    images = rng.normal(size=(16, 4, 20, 20))
    filters, biases = rng.normal(size=(8, 4, 3, 3)), rng.normal(size=8)
    size = images.shape[2] - 2

    def a_loop_for_each_index() -> np.ndarray:
        """Add up single products: seven loops."""
        result = np.zeros((16, 8, size, size))
        for n, f, u, v in np.ndindex(*result.shape):
            total = biases[f]
            for c, i, j in np.ndindex(4, 3, 3):
                total += images[n, c, u + i, v + j] * filters[f, c, i, j]
            result[n, f, u, v] = total
        return result

    def a_product_for_each_window() -> np.ndarray:
        """Multiply each window with all kernels."""
        result = np.zeros((16, 8, size, size))
        for n, u, v in np.ndindex(16, size, size):
            window = images[n, :, u : u + 3, v : v + 3]
            result[n, :, u, v] = np.sum(filters * window, axis=(1, 2, 3)) + biases
        return result

    def a_product_for_each_place() -> np.ndarray:
        """Add up, for each place in the kernel, the product for all windows."""
        result = np.zeros((16, 8, size, size))
        for i, j in np.ndindex(3, 3):
            part = images[:, :, i : i + size, j : j + size]
            result += np.einsum("ncuv,fc->nfuv", part, filters[:, :, i, j])
        return result + biases[:, np.newaxis, np.newaxis]

    def one_product() -> np.ndarray:
        """Call your function."""
        return conv2d_im2col(images, filters, biases)

    names, seconds = [], []
    ladder = a_loop_for_each_index, a_product_for_each_window, a_product_for_each_place, one_product
    for step in ladder:
        with if_written():
            times = []
            for _ in range(1 if step is a_loop_for_each_index else 5):
                start = time.perf_counter()
                step()
                times.append(time.perf_counter() - start)
            names.append(step.__name__.replace("_", " "))
            seconds.append(min(times))
            print(f"{names[-1]:26} {1000 * seconds[-1]:8.2f} ms")

    figure, axis = plt.subplots(figsize=(8, 3), layout="constrained")
    bars = axis.barh(names[::-1], seconds[::-1], color="#0072B2")
    axis.bar_label(bars, [f"{1000 * value:,.1f} ms" for value in seconds[::-1]], padding=4)
    axis.set(
        xscale="log", xlabel="seconds (logarithmic)", xlim=(min(seconds) / 3, max(seconds) * 9)
    )
    axis.set_title("the same convolution, forward, of 16 images")
    show()

# %% [markdown]
# ## Go deeper
#
# * K. Chellapilla, S. Puri and P. Simard, *High performance convolutional neural networks for document processing*
#   (2006): where the idea of unrolling comes from. <https://inria.hal.science/inria-00112631>
# * S. Chetlur and others, *cuDNN: efficient primitives for deep learning* (2014): the same without storing the
#   matrix. <https://arxiv.org/abs/1410.0759>
# * Stanford's CS231n, *Convolutional networks*, "Implementation as matrix multiplication".
#   <https://cs231n.github.io/convolutional-networks/>
# * A. Anderson, A. Vasudevan, C. Keane and D. Gregg, *Low-memory GEMM-based convolution algorithms for deep neural
#   networks* (2017): what to do about the memory. <https://arxiv.org/abs/1709.03395>
