# %% [markdown]
# # Exercise 13: a convolutional layer for batches
#
# Exercises 10 to 12 had all the parts. Here you put them together: a layer with rows by columns filters, strides,
# padding and its own parameters, fast enough to train a network on all of MNIST.
#
# It is a `BatchLayer` (in `layer.py`): `forward` takes a batch, and `backward` takes no step. It stores the
# gradients, in the dictionary `gradients` under the same names as in `parameters`, and an optimiser does the rest.
#
# | | shape |
# |---|---|
# | input | `(N, C, H, W)` |
# | `parameters["kernels"]`, `gradients["kernels"]` | `(F, C, R, S)` |
# | `parameters["bias"]`, `gradients["bias"]` | `(F,)` |
# | output | `(N, F, H', W')` |
#
# ## Forward
#
# 1. Pad the images; `padding_widths`, which is given, says with how many zeros.
# 2. Make the matrix $M$ of all windows (exercise 12).
# 3. $Y = K M + b$, one product, in the shape `(F, N, H', W')`; exchange the first two axes.
#
# ## Backward
#
# Let $G$ be the output gradient as a matrix, one row for each kernel and one column for each window.
#
# $$ \frac{\partial E}{\partial K} = G\,M^\top \qquad
#    \frac{\partial E}{\partial b} = \text{sum of each row of } G \qquad
#    \frac{\partial E}{\partial M} = K^\top G \tag{1} $$
#
# From the last one, col2im makes the gradient of the **padded** images. The zeros of the padding are no input:
# cut them off. Pixels that no window sees keep the zero they began with.
#
# **Sums, not means.** The products in (1) add up all windows of all samples, and nothing divides by $N$: the loss
# has done that, once, when it took the mean (exercise 10). A layer that divides again makes every step $N$ times
# too small.
#
# ## By hand
#
# One image, one kernel with bias 0, stride 2, padding "same". The output has $\lceil 3/2 \rceil = 2$ rows, so
# $(2 - 1) \cdot 2 + 2 - 3 = 1$ row of zeros is needed, and it goes below; the same holds for the columns:
#
# $$
# X = \begin{pmatrix} 1 & 2 & 0 \\ 0 & 1 & 3 \\ 2 & 1 & 1 \end{pmatrix} \to
# \begin{pmatrix} 1 & 2 & 0 & 0 \\ 0 & 1 & 3 & 0 \\ 2 & 1 & 1 & 0 \\ 0 & 0 & 0 & 0 \end{pmatrix}, \quad
# K = \begin{pmatrix} 1 & -1 \\ 0 & 2 \end{pmatrix}, \quad
# Y = \begin{pmatrix} 1 & 0 \\ 1 & 1 \end{pmatrix}
# $$
#
# The first window gives $1 - 2 + 0 + 2 = 1$. Let $G = \begin{pmatrix} 1 & 2 \\ -1 & 1 \end{pmatrix}$. The kernel's
# gradient adds up the four windows, each times its number of $G$, and the bias gets the sum of $G$:
#
# $$
# \frac{\partial E}{\partial K} = \begin{pmatrix} 0 & 1 \\ 6 & 1 \end{pmatrix}, \qquad
# \frac{\partial E}{\partial b} = 3, \qquad
# \left(\begin{array}{ccc|c} 1 & -1 & 2 & -2 \\ 0 & 2 & 0 & 4 \\ -1 & 1 & 1 & -1 \\ \hline 0 & -2 & 0 & 2
# \end{array}\right) \to
# \frac{\partial E}{\partial X} = \begin{pmatrix} 1 & -1 & 2 \\ 0 & 2 & 0 \\ -1 & 1 & 1 \end{pmatrix}
# $$
#
# ![The padded image with its four windows in four colours, and the gradient of the padded image, of which the last
# row and column are cut off.](pictures/ex13_conv2d/padded.png)

# %% [markdown]
# ## Where the kernels start
#
# An output is a sum of $C \cdot R \cdot S$ products: that is the **fan-in**. So that signals neither grow nor vanish
# from layer to layer, the kernels start as random numbers with mean 0 and a standard deviation that depends on it.
# The gradient of an input adds up about $F \cdot R \cdot S$ products, the **fan-out**: one for each place of each
# kernel.
#
# * `"kaiming"` (He and others, 2015): $\sqrt{2 / \text{fan-in}}$. The 2 makes up for ReLU, which sets half of the
#   numbers to zero.
# * `"xavier"` (Glorot and Bengio, 2010): $\sqrt{2 / (\text{fan-in} + \text{fan-out})}$, a compromise between forward and
#   backward, for activations like tanh.
#
# For 8 kernels of $3 \times 3$ on one channel: fan-in 9, fan-out 72, so 0.471 and 0.157.
#
# ## Is this a convolution in three dimensions?
#
# An image with channels is a block of numbers, and so is a kernel. But the kernel moves in **two** directions only:
# it has as many layers as the image has channels, and its sum runs over all of them at once. A 3-D convolution
# is for data with a third direction to move in: the frames of a video or the slices of a scan, $(N, C, D, H, W)$. Its
# kernels are $(F, C, Q, R, S)$ with $Q < D$, and its outputs have a depth of $D - Q + 1$ as well. The channels stay
# channels: they are summed there, too.

# %%
"""Exercise 13: a convolutional layer for batches, with strides and padding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from layer import BatchLayer

Pair = tuple[int, int]


def padding_widths(
    size: Pair, padding: int | Pair | str, filter_shape: Pair, stride: int
) -> tuple[Pair, Pair]:
    """Return the numbers of zeros, ((top, bottom), (left, right)): exercise 11 (given)."""
    if padding == "same":
        totals = [
            max((-(-pixels // stride) - 1) * stride + filter - pixels, 0)
            for pixels, filter in zip(size, filter_shape, strict=True)
        ]
        (top, bottom), (left, right) = ((total // 2, total - total // 2) for total in totals)
        return (top, bottom), (left, right)
    if isinstance(padding, str):
        if padding != "valid":
            raise ValueError(
                f'padding must be a number, a pair, "valid" or "same", not {padding!r}'
            )
        padding = 0
    rows, columns = (padding, padding) if isinstance(padding, int) else padding
    return (rows, rows), (columns, columns)


def initial_kernels(shape: tuple[int, int, int, int], initialiser: str) -> np.ndarray:
    """Draw the initial kernels, normal with mean 0.

    Parameters
    ----------
    shape : (int, int, int, int)
        (F, C, R, S).
    initialiser : str
        "kaiming" or "xavier".

    Returns
    -------
    ndarray of shape (F, C, R, S)

    Raises
    ------
    ValueError
        If `initialiser` is another word.
    """
    # TODO: 1. Compute fan-in and fan-out from the shape.
    #       2. Return random numbers with the initialiser's standard deviation.
    raise NotImplementedError


class Conv2D(BatchLayer):
    """Correlates a batch of images with kernels, and adds a bias to each map.

    The parameters are float32: half the memory of float64, and twice as fast. If input and parameters are
    float64 (to compare gradients with differences), so are output and gradients.

    Parameters
    ----------
    in_channels : int
        The channels C of the input.
    filters : int
        The number F of kernels, and of output maps.
    filter_shape : (int, int)
        The rows R and columns S of each kernel.
    stride : int
    padding : int, pair of int, "valid" or "same"
    initialiser : str
        "kaiming" or "xavier".
    """

    def __init__(
        self,
        in_channels: int,
        filters: int,
        filter_shape: Pair,
        stride: int = 1,
        padding: int | Pair | str = "valid",
        initialiser: str = "kaiming",
    ) -> None:
        super().__init__()
        self.filter_shape, self.stride, self.padding = filter_shape, stride, padding
        kernels = initial_kernels((filters, in_channels, *filter_shape), initialiser)
        self.parameters["kernels"] = kernels.astype(np.float32)
        self.parameters["bias"] = np.zeros(filters, np.float32)

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the maps, and store the input in `self.input`, the matrix M in `self.columns`.

        Parameters
        ----------
        input : ndarray of shape (N, C, H, W)

        Returns
        -------
        ndarray of shape (N, F, H', W')
        """
        # TODO: 1. Store the input, and pad it.
        #       2. Fill the matrix of all windows, one copy for each place in the kernels, and store it.
        #       3. Multiply, add the bias, and return the output in its shape.
        raise NotImplementedError

    def backward(self, output_gradient: np.ndarray) -> np.ndarray:
        """Store the gradients of kernels and bias, summed over the batch, and return the input's.

        Parameters
        ----------
        output_gradient : ndarray of shape (N, F, H', W')

        Returns
        -------
        ndarray of shape (N, C, H, W)
        """
        # TODO: 1. Write the output gradient as the matrix G of equation (1).
        #       2. Put the gradients of kernels and bias into self.gradients.
        #       3. Add up the gradient of the padded images, one sum for each place in the kernels.
        #       4. Cut off the padding, and return the rest.
        raise NotImplementedError

    def _widths(self) -> tuple[Pair, Pair]:
        """Return the numbers of zeros around the last input (given)."""
        rows, columns = self.input.shape[2:]
        return padding_widths((rows, columns), self.padding, self.filter_shape, self.stride)

    def _places(self, down: int, across: int) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
        """Yield each place (a, d) in the kernels, and the index of the pixels that it meets (given)."""
        stride = self.stride
        for a, d in np.ndindex(*self.filter_shape):
            rows = slice(a, a + stride * down, stride)
            yield a, d, (..., rows, slice(d, d + stride * across, stride))


# %% [markdown]
# ## See it
#
# Run this file to see the example computed, and an image after three layers with random kernels: how strides and
# paddings change its size.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets import load_digits
    from datasets.demo import if_written, show

    X = np.array([[[[1, 2, 0], [0, 1, 3], [2, 1, 1]]]], float)
    G = np.array([[[[1, 2], [-1, 1]]]], float)
    with if_written():
        layer = Conv2D(1, 1, (2, 2), stride=2, padding="same")
        layer.parameters = {"kernels": np.array([[[[1.0, -1], [0, 2]]]]), "bias": np.zeros(1)}
        print("The example above: output", layer.forward(X)[0, 0], sep="\n")
        gradient = layer.backward(G)
        print("kernel gradient", layer.gradients["kernels"][0, 0], sep="\n")
        print("bias gradient", layer.gradients["bias"])
        print("input gradient", gradient[0, 0], sep="\n")

    np.random.seed(3)
    digit = load_digits().x_train[:1]
    figure, axes = plt.subplots(1, 4, figsize=(11, 3.3), layout="constrained")
    axes[0].imshow(digit[0, 0], cmap="gray_r")
    axes[0].set_title(f"a digit, {digit.shape[1:]}")
    with if_written():
        shapes = ((3, 3), 1, "same"), ((3, 5), 2, "same"), ((5, 1), 2, "valid")
        for axis, (shape, stride, padding) in zip(axes[1:], shapes, strict=True):
            layer = Conv2D(digit.shape[1], 4, shape, stride, padding)
            digit = np.maximum(layer.forward(digit), 0)
            axis.imshow(digit[0, 0], cmap="cividis")
            axis.set_title(f"{shape}, stride {stride}, {padding}\n{digit.shape[1:]}")
    for axis in axes:
        axis.set_axis_off()
    show()

# %% [markdown]
# ## Go deeper
#
# * K. He, X. Zhang, S. Ren and J. Sun, *Delving deep into rectifiers* (2015): "kaiming". <https://arxiv.org/abs/1502.01852>
# * X. Glorot and Y. Bengio, *Understanding the difficulty of training deep feedforward neural networks* (2010): "xavier".
#   <https://proceedings.mlr.press/v9/glorot10a.html>
# * D. Tran and others, *Learning spatiotemporal features with 3D convolutional networks* (2015): where the third
#   direction pays. <https://arxiv.org/abs/1412.0767>
# * PyTorch's reference of `Conv2d`, for its conventions. <https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html>
