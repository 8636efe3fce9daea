# ---
# jupyter:
#   exercise:
#     builds_on: []
#     minutes: 60
# ---

# %% [markdown]
# # Exercise 5: activations
#
# Two dense layers in a row are one dense layer: $W_2 (W_1 X + B_1) + B_2$ is again a matrix times $X$
# plus a column. What makes a network more than that is a function between them which is not a
# straight line, applied to each number on its own:
#
# $$ y_m = f(x_m) $$
#
# **Backward.** Each input enters one output, with the factor $f'(x_m)$:
#
# $$ \frac{\partial E}{\partial x_m} = \frac{\partial E}{\partial y_m} \, f'(x_m)
#    \qquad\Longleftrightarrow\qquad
#    \frac{\partial E}{\partial X} = \frac{\partial E}{\partial Y} \odot f'(X) $$
#
# $\odot$ multiplies element by element. Note *where* $f'$ is taken: at the input, not at the output.
#
# ## Three functions
#
# | | $f(x)$ | $f'(x)$ |
# |---|---|---|
# | tanh | $\tanh x$ | $1 - \tanh^2 x$ |
# | sigmoid | $\sigma(x) = \dfrac{1}{1 + e^{-x}}$ | $\sigma(x) \, (1 - \sigma(x))$ |
# | ReLU | $\max(0, x)$ | $1$ for $x > 0$, $0$ for $x < 0$ (at $0$ either will do) |
#
# Where the second line comes from: with $u = 1 + e^{-x}$, $\sigma = 1/u$ and $u' = -e^{-x}$,
#
# $$ \sigma'(x) = -\frac{u'}{u^2} = \frac{e^{-x}}{(1 + e^{-x})^2}
#    = \frac{1}{1 + e^{-x}} \cdot \frac{(1 + e^{-x}) - 1}{1 + e^{-x}} = \sigma(x) \, (1 - \sigma(x)). $$
#
# By hand, for the sigmoid at $x = (0, \ln 3)$ with the output gradient $(2, -4)$:
# $\sigma = (\tfrac12, \tfrac34)$, $\sigma' = (\tfrac14, \tfrac3{16})$, and the input gradient is
# $(\tfrac12, -\tfrac34)$.
#
# ## A sigmoid that does not overflow
#
# $e^{1000}$ is too large for a computer, so $1/(1+e^{-x})$ gives a warning at $x = -1000$. Multiply
# both sides of the fraction by $e^x$ to get a form that is safe on the other side:
#
# $$ \sigma(x) = \frac{1}{1 + e^{-x}} \;\text{ for } x \ge 0, \qquad
#    \sigma(x) = \frac{e^{x}}{1 + e^{x}} \;\text{ for } x < 0. $$
#
# In both forms the exponent is $-|x|$, never above 0.
# `np.where(x >= 0, this, that)` computes *both* for every number, so write both with $e^{-|x|}$.
# (`np.tanh` is safe by itself, and $\sigma(x) = \tfrac12 (1 + \tanh \tfrac x2)$ is another way.)

# %%
"""Exercise 5: functions between the layers, applied to each number on its own."""

from collections.abc import Callable

import numpy as np
from layer import Layer


class Activation(Layer):
    """A layer that applies a function to each number of its input.

    Parameters
    ----------
    activation : callable
        Takes an array, returns the function's values in an array of the same shape.
    activation_prime : callable
        The same for its derivative.
    """

    def __init__(
        self,
        activation: Callable[[np.ndarray], np.ndarray],
        activation_prime: Callable[[np.ndarray], np.ndarray],
    ) -> None:
        self.activation = activation
        self.activation_prime = activation_prime

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Apply the function.

        Parameters
        ----------
        input : ndarray
            Of any shape.
        training : bool
            Makes no difference here.

        Returns
        -------
        ndarray of the input's shape
        """
        # TODO: 1. Keep the input in self.input: backward needs it.
        #       2. Apply self.activation to it, keep the result in self.output, and return it.
        ### BEGIN SOLUTION
        self.input = input
        self.output = self.activation(input)
        return self.output
        ### END SOLUTION

    def backward(self, output_gradient: np.ndarray, learning_rate: float) -> np.ndarray:
        """Multiply by the derivative.

        Parameters
        ----------
        output_gradient : ndarray of the input's shape
        learning_rate : float
            Not used: there is nothing to learn.

        Returns
        -------
        ndarray of the input's shape
        """
        # TODO: Return the output gradient times the derivative at the input, element by element.
        ### BEGIN SOLUTION
        return output_gradient * self.activation_prime(self.input)
        ### END SOLUTION


# %% [markdown] hints="forward"
# Look at the constructor: the layer keeps two functions. Which of them is the f of the first
# formula?
#
# The function takes a whole array and returns an array, so no loop is needed. The input has to be
# kept as well: backward takes the derivative there.
#
# Y is what self.activation gives for X. Keep X as self.input and Y as self.output, and return Y.

# %% [markdown] hints="backward"
# Look at the formula with ⊙ under "Backward", and at the sentence below it: where is the derivative
# taken?
#
# Each input enters one output alone, so there is nothing to sum up: one product for each number.
# And this time it is the other one of the two functions.
#
# ∂E/∂X = G ⊙ f′(X): the output gradient times what self.activation_prime gives for the input that
# forward has kept, element by element. The learning rate is not used.

# %% [markdown]
# Given as the example: tanh.


# %%
class Tanh(Activation):
    """The hyperbolic tangent: an S-shaped curve from -1 to 1."""

    def __init__(self) -> None:
        def tanh(x: np.ndarray) -> np.ndarray:
            return np.tanh(x)

        def tanh_prime(x: np.ndarray) -> np.ndarray:
            return 1 - np.tanh(x) ** 2

        super().__init__(tanh, tanh_prime)


# %%
class Sigmoid(Activation):
    """The logistic function: an S-shaped curve from 0 to 1, safe for numbers of any size."""

    def __init__(self) -> None:
        # TODO: As in Tanh, define the function and its derivative, and hand both to
        #       super().__init__. Neither may give a warning or a nan, even at 1000 and -1000.
        ### BEGIN SOLUTION
        def sigmoid(x: np.ndarray) -> np.ndarray:
            small = np.exp(-np.abs(x))
            return np.where(x >= 0, 1, small) / (1 + small)

        def sigmoid_prime(x: np.ndarray) -> np.ndarray:
            s = sigmoid(x)
            return s * (1 - s)

        super().__init__(sigmoid, sigmoid_prime)
        ### END SOLUTION


# %% [markdown] hints="sigmoid"
# Look at "A sigmoid that does not overflow" for the formula, and at Tanh for how two functions are
# handed to the constructor of Activation.
#
# e to the power of 1000 overflows, e to the power of −1000 does not: it is just 0. With e to the
# power of −|x| both forms of the fraction can be written, and it is never above 1. The derivative
# needs nothing but the value of the sigmoid.
#
# Let t be e to the power of −|x|. Then σ is 1 over (1 + t) where x ≥ 0, and t over (1 + t) where x
# < 0: only what stands above the line differs. And σ′ is σ times (1 − σ).


# %%
class ReLU(Activation):
    """The rectified linear unit: the input where it is positive, 0 elsewhere."""

    def __init__(self) -> None:
        # TODO: As in Tanh. Make new arrays; do not change x.
        ### BEGIN SOLUTION
        def relu(x: np.ndarray) -> np.ndarray:
            return np.maximum(0, x)

        def relu_prime(x: np.ndarray) -> np.ndarray:
            return (x > 0).astype(float)

        super().__init__(relu, relu_prime)
        ### END SOLUTION


# %% [markdown] hints="relu"
# Look at the last line of the table in "Three functions": both columns of it are asked for. Tanh
# shows how to hand over two functions.
#
# The function is the larger one of 0 and x, number by number. The derivative is its slope: 1 where
# x is positive, 0 where x is negative. Both must be new arrays, since x is the array that the layer
# keeps.
#
# NumPy has a function for the larger one of two, element by element (np.max is another one: it
# gives the largest number of a whole array). For the slope, ask of each number whether it is above
# 0: True and False, turned into floats, are the 1 and 0 that you need.

# %% [markdown]
# ## See it
#
# Run this file: the three functions, and the derivatives that their `backward` multiplies with.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    x = np.linspace(-4, 4, 401)
    figure, axes = plt.subplots(1, 3, figsize=(11, 3.2), layout="constrained")
    for axis, layer in zip(axes, (Tanh(), Sigmoid(), ReLU()), strict=True):
        axis.plot(x, layer.forward(x), label="f")
        axis.plot(x, layer.backward(np.ones_like(x), learning_rate=0), "--", label="f'")
        axis.set_title(type(layer).__name__)
        axis.grid(alpha=0.3)
        axis.legend()
    plt.show()
