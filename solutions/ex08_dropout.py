# ---
# jupyter:
#   exercise:
#     builds_on: []
#     minutes: 30
# ---

# %% [markdown]
# # Exercise 8: dropout
#
# A network with many weights can learn its training images by heart. Dropout makes that hard: during
# training, each number is set to 0 with probability $r$, the *rate*, and the choice is made anew on
# every call. So no unit can rely on any other being present (Srivastava et al., 2014).
#
# When the network predicts, nothing is dropped. But then the next layer would suddenly see larger sums
# than it was trained on, because in training only a share $1 - r$ of the numbers was present on
# average. *Inverted* dropout makes up for this during training: it divides the numbers it keeps by
# $1 - r$.
#
# $$
# y_m = x_m \, \mu_m, \qquad
# \mu_m = \begin{cases} 0 & \text{with probability } r \\ \frac{1}{1-r} & \text{with probability } 1-r \end{cases}
# \qquad (\text{training}), \qquad\qquad y_m = x_m \quad (\text{otherwise})
# $$
#
# The mean is right: $\mathbb{E}[y_m] = r · 0 + (1-r) · \frac{x_m}{1-r} = x_m$.
#
# **Backward.** $\mu$ is a constant once it is drawn, so $\partial y_m / \partial x_m = \mu_m$ and
#
# $$ \frac{\partial E}{\partial x_m} = \frac{\partial E}{\partial y_m} \, \mu_m $$
#
# with the *same* $\mu$ that forward used.
#
# By hand, with $r = \tfrac12$ and $X = (3, -1, 4)^\top$: suppose the second number is dropped. Then
# $\mu = (2, 0, 2)^\top$ and $Y = (6, 0, 8)^\top$. The output gradient $(1, 1, -2)^\top$ becomes the
# input gradient $(2, 0, -4)^\top$.

# %%
"""Exercise 8: drop random numbers, so that the network cannot rely on any one of them."""

import numpy as np
from layer import Layer


class Dropout(Layer):
    """A layer that sets a random share of its input to 0 while the network trains.

    Parameters
    ----------
    rate : float
        The probability that a number is dropped, at least 0 and below 1.

    Attributes
    ----------
    mask : ndarray
        What forward multiplied its input by in its last call in training: 0 or 1 / (1 - rate).

    Raises
    ------
    ValueError
        If the rate is outside its range.
    """

    mask: np.ndarray

    def __init__(self, rate: float) -> None:
        if not 0 <= rate < 1:
            raise ValueError(f"rate must be at least 0 and below 1, not {rate}")
        self.rate = rate

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """In training, drop some numbers and scale the others; otherwise return the input.

        Parameters
        ----------
        input : ndarray
            Of any shape.
        training : bool
            Whether the network is being trained.

        Returns
        -------
        ndarray of the input's shape
        """
        # TODO: 1. In training, draw a new mask: for each number of the input, 0 with probability
        #          self.rate, otherwise 1 / (1 - self.rate). np.random.rand draws numbers from 0
        #          to 1. Store the mask in self.mask for backward, and return the input times the
        #          mask.
        #       2. Outside training, return the input. (A mask of all ones lets everything through.)
        ### BEGIN SOLUTION
        if training:
            kept = np.random.rand(*input.shape) >= self.rate
            self.mask = kept / (1 - self.rate)
        else:
            self.mask = np.ones(input.shape)
        return input * self.mask
        ### END SOLUTION

    def backward(self, output_gradient: np.ndarray, learning_rate: float) -> np.ndarray:
        """Pass the gradient on where forward passed the number on.

        Parameters
        ----------
        output_gradient : ndarray of the input's shape
        learning_rate : float
            Not used: this layer has no parameters.

        Returns
        -------
        ndarray of the input's shape
        """
        # TODO: Return the output gradient times the mask from the last call of forward.
        ### BEGIN SOLUTION
        return output_gradient * self.mask
        ### END SOLUTION


# %% [markdown] hints="forward"
# Look at the definition of μ in the text: which two values can it have, and how often does each
# occur? Then try a rate of 0.1 on an array of many ones: about one in ten should become 0.
#
# Draw a random number between 0 and 1 for every number of the input: it lies below r with
# probability r. Draw new ones on every call, and only in training.
#
# In training, μ is 0 where the random number is below r, and 1 over (1 − r) elsewhere. Otherwise μ
# is 1 everywhere. Store μ as self.mask, and return X ⊙ μ as a new array (⊙ multiplies element by
# element).

# %% [markdown] hints="backward"
# Look at the paragraph "Backward" and its example: the output gradient 1, 1, −2 becomes 2, 0, −4.
# Where do the factors 2, 0, 2 come from?
#
# Once the mask is drawn, it is a constant. Each gradient is multiplied by the same factor that
# forward multiplied its number by, so backward draws nothing.
#
# ∂E/∂X = G ⊙ μ, with the μ that forward stored. It already contains the division by 1 − r, so do
# not divide again. Return a new array.

# %% [markdown]
# ## See it
#
# Run this file to see a digit, three masks, and what the next layer sees in three calls.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets import load_digits
    from datasets.demo import if_written, show

    digit, layer = load_digits().x_train[5], Dropout(0.5)
    figure, axes = plt.subplots(2, 4, figsize=(9, 4.8), layout="constrained")
    axes[0, 0].imshow(digit[0], cmap="gray", vmin=0, vmax=2)
    axes[0, 0].set_title("input")
    with if_written():
        for column in range(1, 4):
            output = layer.forward(digit, training=True)
            axes[0, column].imshow(layer.mask[0], cmap="gray", vmin=0, vmax=2)
            axes[0, column].set_title(f"mask, call {column}")
            axes[1, column].imshow(output[0], cmap="gray", vmin=0, vmax=2)
            axes[1, column].set_title("output")
    for axis in axes.ravel():
        axis.axis("off")
    show()
