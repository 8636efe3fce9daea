# %% [markdown]
# # Exercise 14: pooling
#
# A convolution says *where* it found its pattern, to the pixel. Often that is more than one wants to know: a 7 is a 7
# one pixel further to the right as well. **Pooling** keeps one number of each window: the largest, the mean or the
# smallest. It has nothing to learn, works on each channel alone, and makes the maps smaller, so that the next
# layer has less to do and sees more of the image at once.
#
# The windows have $R \times S$ pixels and move by a stride. Without one (`stride=None`), they move by their own
# size, so that they lie side by side. A smaller stride makes them overlap. Pixels at the end that no window
# reaches are excluded, as in exercise 11.
#
# ## Forward, by hand
#
# Windows of $2 \times 2$, side by side:
#
# $$
# X = \begin{pmatrix} 1 & 3 & 2 & 0 \\ 4 & 2 & 1 & 5 \\ 0 & 1 & 3 & 3 \\ 2 & 6 & 1 & 2 \end{pmatrix} \qquad
# \text{max} = \begin{pmatrix} 4 & 5 \\ 6 & 3 \end{pmatrix} \quad
# \text{mean} = \begin{pmatrix} 2.5 & 2 \\ 2.25 & 2.25 \end{pmatrix} \quad
# \text{min} = \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}
# $$
#
# ## Backward: where does the gradient go?
#
# **Maximum.** Change a number that is not the largest of its window, a little: the output stays as it is. Change the
# largest, and the output changes by as much. So the output's gradient goes to the pixel that was chosen, whole, and
# the others get nothing:
#
# $$ \frac{\partial E}{\partial x[r,t]} = \sum_{(u,v)\text{ that chose }(r,t)} g[u,v] \tag{1} $$
#
# **Ties.** If two numbers of a window are equally large, as after ReLU, which leaves many zeros, the maximum has a kink,
# and any share between them is a subgradient. The rule here is the usual one: the **first** of the equal ones
# gets all, row by row, from left to right. In the example, the window in the lower right has two threes;
# the left one is chosen.
#
# **Mean.** Each of the $R \cdot S$ pixels has the same influence, $1/(R \cdot S)$. So each gets that share of the gradient.
#
# **Minimum.** The same as for the maximum, with the smallest number: $\min(x) = -\max(-x)$, and in the gradient the two
# minus signs cancel.
#
# With $G = \begin{pmatrix} 1 & -1 \\ 2 & 4 \end{pmatrix}$:
#
# $$
# \text{max: } \begin{pmatrix} 0 & 0 & 0 & 0 \\ 1 & 0 & 0 & -1 \\ 0 & 0 & 4 & 0 \\ 0 & 2 & 0 & 0 \end{pmatrix} \qquad
# \text{mean: } \frac{1}{4} \begin{pmatrix} 1 & 1 & -1 & -1 \\ 1 & 1 & -1 & -1 \\ 2 & 2 & 4 & 4 \\ 2 & 2 & 4 & 4 \end{pmatrix}
# $$
#
# **Overlapping windows.** In the row $(1, 3, 2)$ with windows of 2 and stride 1, both windows choose the 3. With output
# gradients 5 and 7, its gradient is $5 + 7 = 12$: what several windows send is added up.
#
# ![The image of the example; its largest numbers are framed. The gradient goes back to exactly these
# places.](pictures/ex14_pooling/maximum.png)
#
# ![A row of three numbers in two overlapping windows. Both choose the 3 in the middle, which gets the sum of both
# gradients.](pictures/ex14_pooling/overlap.png)
#
# ## How to write it
#
# As in exercise 12, loop over the few places in the window, not over the thousands of windows: `self.places` yields
# the number of each place, row by row, and the index of all pixels that it meets, in all windows of all images. A
# maximum is then the largest of $R \cdot S$ arrays.

# %%
"""Exercise 14: maximum, mean and minimum pooling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from layer import BatchLayer


class Pool2D(BatchLayer):
    """What all pooling layers share (given).

    Parameters
    ----------
    pool_shape : (int, int)
        The rows and columns of a window.
    stride : int, optional
        How far the windows move in both directions; by default, by their own size.
    """

    def __init__(self, pool_shape: tuple[int, int], stride: int | None = None) -> None:
        super().__init__()
        self.pool_shape = pool_shape
        self.steps = pool_shape if stride is None else (stride, stride)

    def places(self, x_shape: tuple[int, ...]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Yield the number of each place in a window, and the index of the pixels that it meets.

        For images x of this shape, x[index] has the output's shape, (N, C, H', W').
        """
        (rows, columns), (down, across) = self.pool_shape, self.steps
        height = (x_shape[-2] - rows) // down + 1
        width = (x_shape[-1] - columns) // across + 1
        for number, (a, d) in enumerate(np.ndindex(rows, columns)):
            vertical = slice(a, a + down * height, down)
            yield number, (..., vertical, slice(d, d + across * width, across))


class MaxPool2D(Pool2D):
    """Keeps the largest number of each window."""

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the largest number of each window, and store the input and what was chosen.

        Stores the input in `self.input`, and in `self.chosen`, for each output, the number of the place
        in its window that was chosen, counted row by row from 0.

        Parameters
        ----------
        input : ndarray of shape (N, C, H, W)

        Returns
        -------
        ndarray of shape (N, C, H', W')
        """
        # TODO: 1. Store the input. Begin with what the first place meets, as the largest so far.
        #       2. For each further place: where it meets a larger number, keep that, and the place's number.
        #       3. Return the largest numbers.
        raise NotImplementedError

    def backward(self, output_gradient: np.ndarray) -> np.ndarray:
        """Return the input gradient: each output's gradient goes to the pixel it chose.

        Parameters
        ----------
        output_gradient : ndarray of shape (N, C, H', W')

        Returns
        -------
        ndarray of shape (N, C, H, W)
        """
        # TODO: In an array of zeros of the input's shape, add up what each place of the windows gets.
        raise NotImplementedError


class MeanPool2D(Pool2D):
    """Keeps the mean of each window."""

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the mean of each window, and store the input in `self.input`; shapes as above."""
        # TODO: Store the input; add up what all places meet; divide by their number.
        raise NotImplementedError

    def backward(self, output_gradient: np.ndarray) -> np.ndarray:
        """Return the input gradient: each pixel of a window gets the same share; shapes as above."""
        # TODO: In an array of zeros of the input's shape, add a share of the gradient at each place.
        raise NotImplementedError


class MinPool2D(Pool2D):
    """Keeps the smallest number of each window."""

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the smallest number of each window; store `self.input` and `self.chosen` as above."""
        # TODO: As for the maximum. Which sign changes?
        raise NotImplementedError

    def backward(self, output_gradient: np.ndarray) -> np.ndarray:
        """Return the input gradient: each output's gradient goes to the pixel it chose."""
        # TODO: As for the maximum. Does any sign change?
        raise NotImplementedError


# %% [markdown]
# ## See it
#
# Run this file to see a digit, and the same digit moved by one pixel: how many of the places with ink in one of them differ,
# before and after pooling. Invariance is never complete: where the edge of the digit crosses that of a window, the
# maximum changes as well.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets import load_digits
    from datasets.demo import if_written, show

    X = np.array([[[[1, 3, 2, 0], [4, 2, 1, 5], [0, 1, 3, 3], [2, 6, 1, 2]]]], float)
    G = np.array([[[[1, -1], [2, 4]]]], float)
    for layer in (MaxPool2D((2, 2)), MeanPool2D((2, 2)), MinPool2D((2, 2))):
        with if_written():
            print(type(layer).__name__, layer.forward(X)[0, 0], sep="\n")
            print("its gradient", layer.backward(G)[0, 0], sep="\n")

    digit = (load_digits().x_train[:1] > 0.5).astype(float)
    moved = np.roll(digit, 1, axis=3)
    pictures = {"pixels": (digit, moved)}
    with if_written():
        for size in (2, 4):
            pool = MaxPool2D((size, size))
            pictures[f"maximum of {size} x {size}"] = pool.forward(digit), pool.forward(moved)
    figure, axes = plt.subplots(2, 3, figsize=(8, 5.6), layout="constrained")
    for column, (name, (one, other)) in zip(axes.T, pictures.items(), strict=False):
        ink = (one != 0) | (other != 0)
        share = np.mean(one[ink] != other[ink])
        print(f"{name}: {share:.0%} of the inked places change when the digit moves by one pixel")
        for axis, picture in zip(column, (one, other), strict=True):
            axis.imshow(picture[0, 0], cmap="gray_r")
        column[0].set_title(name)
        column[1].set_title(f"moved: {share:.0%} differ")
    for axis in axes.ravel():
        axis.set_axis_off()
    show()

# %% [markdown]
# ## Go deeper
#
# * D. Scherer, A. Müller and S. Behnke, *Evaluation of pooling operations in convolutional architectures for object
#   recognition* (2010): maximum against mean. <https://www.ais.uni-bonn.de/papers/icann2010_maxpool.pdf>
# * R. Zhang, *Making convolutional networks shift-invariant again* (2019): how far the invariance really goes.
#   <https://arxiv.org/abs/1904.11486>
# * A. Zhang, Z. Lipton, M. Li and A. Smola, *Dive into Deep Learning*, section 7.5: pooling.
#   <https://d2l.ai/chapter_convolutional-neural-networks/pooling.html>
# * Stanford's CS231n, *Convolutional networks*, "Pooling layer". <https://cs231n.github.io/convolutional-networks/>
