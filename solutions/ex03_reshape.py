# ---
# jupyter:
#   exercise:
#     builds_on: []
#     minutes: 15
# ---

# %% [markdown]
# # Exercise 3: reshape
#
# A convolutional layer outputs a volume of shape $(C, H, W)$; a dense layer takes a column of shape
# $(n, 1)$ with $n = C·H·W$. `Reshape` goes between them. It computes nothing: each number only moves.
#
# $$ y_{(jH + u)W + v,\;0} = x_j[u, v] $$
#
# In NumPy's default order the last index changes fastest. For a volume of two channels, each 2×3:
#
# $$
# X_0 = \begin{pmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{pmatrix},\;
# X_1 = \begin{pmatrix} 7 & 8 & 9 \\ 10 & 11 & 12 \end{pmatrix}
# \quad\longrightarrow\quad
# Y = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)^\top
# $$
#
# **Backward.** Each output *is* one input, so the factor in the chain rule is 1 for that input and 0 for
# all others:
#
# $$ \frac{\partial E}{\partial x_j[u,v]}
#    = \sum_m \frac{\partial E}{\partial y_m} \frac{\partial y_m}{\partial x_j[u,v]}
#    = \frac{\partial E}{\partial y_{(jH + u)W + v}} $$
#
# The number 7 in the example is $x_1[0,0]$ in the input and $y_6$ in the output. If the output gradient
# is $0.5$ in row 6 and $0$ elsewhere, the input gradient is $0.5$ at $[1, 0, 0]$ and $0$ elsewhere:
# every number goes back to where it came from. There are no parameters, so the learning rate is not
# used.

# %%
"""Exercise 3: the same numbers in another shape."""

import numpy as np
from layer import Layer


class Reshape(Layer):
    """A layer that changes the shape of its input.

    Parameters
    ----------
    input_shape : tuple of int
        The shape of the input.
    output_shape : tuple of int
        The shape of the output, with the same number of elements.
    """

    def __init__(self, input_shape: tuple[int, ...], output_shape: tuple[int, ...]) -> None:
        self.input_shape = input_shape
        self.output_shape = output_shape

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the input in the output's shape.

        Parameters
        ----------
        input : ndarray of shape input_shape
        training : bool
            Not used by this layer.

        Returns
        -------
        ndarray of shape output_shape
        """
        # TODO: Return the numbers of the input in the same order, with the shape self.output_shape.
        ### BEGIN SOLUTION
        return np.reshape(input, self.output_shape)
        ### END SOLUTION

    def backward(self, output_gradient: np.ndarray, learning_rate: float) -> np.ndarray:
        """Return the output gradient in the input's shape.

        Parameters
        ----------
        output_gradient : ndarray of shape output_shape
        learning_rate : float
            Not used: this layer has no parameters.

        Returns
        -------
        ndarray of shape input_shape
        """
        # TODO: Move each number of the output gradient back to where its output came from.
        ### BEGIN SOLUTION
        return np.reshape(output_gradient, self.input_shape)
        ### END SOLUTION


# %% [markdown] hints="forward"
# Look at the example with the numbers 1 to 12: in which order do they leave the volume? Look also
# at what the constructor stores.
#
# Nothing is computed and nothing is reordered. NumPy's default order is the one in the formula, so
# you need no loop: the same numbers just get a different shape.
#
# NumPy has a function with the same name as the layer, in lower case. It takes the numbers and the
# shape they should have, which is the output shape that the constructor was given. Return its
# result, and leave the input itself unchanged.

# %% [markdown] hints="backward"
# Look at "Backward" at the end of the text: what happens to the number 7 on its way back?
#
# Forward moved each number to a new position; backward moves its gradient from there to where the
# number came from. It is the same operation in the other direction.
#
# The result contains the numbers of the output gradient, in the same order, in the shape of the
# input. Do what forward does, but with the other of the two shapes. The learning rate is not used.

# %% [markdown]
# ## See it
#
# Run this file to see a digit, and the same digit as the column that a dense layer sees (drawn as a
# thick row).

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets import load_digits
    from datasets.demo import if_written, show

    digit = load_digits().x_train[0]
    figure, axes = plt.subplots(2, 1, figsize=(7, 4.5), height_ratios=[5, 1], layout="constrained")
    axes[0].imshow(digit[0], cmap="gray")
    axes[0].set_title(f"the input, {digit.shape}")
    with if_written():
        column = Reshape((1, 28, 28), (784, 1)).forward(digit)
        axes[1].imshow(column.T, cmap="gray", aspect="auto", interpolation="nearest")
        axes[1].set(title=f"the output, {column.shape}", yticks=[])
    show()
