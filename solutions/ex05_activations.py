# ---
# jupyter:
#   exercise:
#     builds_on: []
#     minutes: 60
# ---

# %% [markdown]
# # Exercise 5: activations
#
# Two dense layers in a row are no more than one dense layer: $W_2 (W_1 X + B_1) + B_2$ is again a
# matrix times $X$ plus a column. To get more, put a nonlinear function between them. It is applied to
# each number separately:
#
# $$ y_m = f(x_m) $$
#
# **Backward.** Each input enters one output, whose derivative is $f'(x_m)$:
#
# $$ \frac{\partial E}{\partial x_m} = \frac{\partial E}{\partial y_m} \, f'(x_m)
#    \qquad\Longleftrightarrow\qquad
#    \frac{\partial E}{\partial X} = \frac{\partial E}{\partial Y} \odot f'(X) $$
#
# $\odot$ multiplies element by element. Note *where* $f'$ is evaluated: at the input, not at the output.
#
# ## Three functions
#
# | | $f(x)$ | $f'(x)$ |
# |---|---|---|
# | tanh | $\tanh x$ | $1 - \tanh^2 x$ |
# | sigmoid | $\sigma(x) = \dfrac{1}{1 + e^{-x}}$ | $\sigma(x) \, (1 - \sigma(x))$ |
# | ReLU | $\max(0, x)$ | $1$ for $x > 0$, $0$ for $x < 0$ (either is fine at $0$) |
#
# To derive the second line, let $u = 1 + e^{-x}$. Then $\sigma = 1/u$ and $u' = -e^{-x}$, so
#
# $$ \sigma'(x) = -\frac{u'}{u^2} = \frac{e^{-x}}{(1 + e^{-x})^2}
#    = \frac{1}{1 + e^{-x}} \cdot \frac{(1 + e^{-x}) - 1}{1 + e^{-x}} = \sigma(x) \, (1 - \sigma(x)). $$
#
# By hand, for the sigmoid at $x = (0, \ln 3)$ and the output gradient $(2, -4)$:
# $\sigma = (\tfrac12, \tfrac34)$, $\sigma' = (\tfrac14, \tfrac3{16})$, and the input gradient is
# $(\tfrac12, -\tfrac34)$.
#
# ## A sigmoid that does not overflow
#
# $e^{1000}$ is too large for a floating-point number, so $1/(1+e^{-x})$ causes a warning at
# $x = -1000$. Multiply numerator and denominator by $e^x$ to get a form that is safe for negative $x$:
#
# $$ \sigma(x) = \frac{1}{1 + e^{-x}} \;\text{ for } x \ge 0, \qquad
#    \sigma(x) = \frac{e^{x}}{1 + e^{x}} \;\text{ for } x < 0. $$
#
# In both forms the exponent is $-|x|$, which is never above 0.
# `np.where(x >= 0, this, that)` computes *both* forms for every number, so write both with $e^{-|x|}$.
# (`np.tanh` never overflows, so $\sigma(x) = \tfrac12 (1 + \tanh \tfrac x2)$ is another way.)

# %%
"""Exercise 5: functions between the layers, applied to each number separately."""

from collections.abc import Callable

import numpy as np
from layer import Layer


class Activation(Layer):
    """A layer that applies a function to each number of its input.

    Parameters
    ----------
    activation : callable
        Takes an array and returns the function's values in an array of the same shape.
    activation_prime : callable
        Does the same for the derivative.
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
            Not used by this layer.

        Returns
        -------
        ndarray of the input's shape
        """
        # TODO: 1. Store the input in self.input: backward needs it.
        #       2. Apply self.activation to it, and return the result.
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
            Not used: this layer has no parameters.

        Returns
        -------
        ndarray of the input's shape
        """
        # TODO: Return the output gradient times the derivative at the input, element by element.
        ### BEGIN SOLUTION
        return output_gradient * self.activation_prime(self.input)
        ### END SOLUTION


# %% [markdown] hints="forward"
# Look at the constructor: the layer stores two functions. Which of them is f in the first formula?
#
# The function takes a whole array and returns an array, so you need no loop. Store the input as
# well: backward evaluates the derivative there.
#
# Y is what self.activation returns for X. Store X as self.input, and return Y.

# %% [markdown] hints="backward"
# Look at the formula with ⊙ under "Backward", and at the sentence below it: where is the derivative
# evaluated?
#
# Each input enters only one output, so there is nothing to sum: just one product for each number.
# This time you need the other of the two functions.
#
# ∂E/∂X = G ⊙ f′(X): the output gradient times what self.activation_prime returns for the input that
# forward stored, element by element. The learning rate is not used.

# %% [markdown]
# Tanh is given as an example.


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
        # TODO: As in Tanh, define the function and its derivative, and pass both to
        #       super().__init__. Neither may cause a warning or return nan, even at 1000 and -1000.
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
# Look at "A sigmoid that does not overflow" for the formula, and at Tanh for how to pass two
# functions to the constructor of Activation.
#
# e to the power of 1000 overflows; e to the power of −1000 does not, it is simply 0. You can write
# both forms of the fraction with e to the power of −|x|, which is never above 1. For the derivative
# you only need the value of the sigmoid.
#
# Let t be e to the power of −|x|. Then σ is 1 over (1 + t) where x ≥ 0, and t over (1 + t) where x
# < 0: only the numerator differs. And σ′ is σ times (1 − σ).


# %%
class ReLU(Activation):
    """The rectified linear unit: the input where it is positive, 0 elsewhere."""

    def __init__(self) -> None:
        # TODO: Do the same as in Tanh. Return new arrays; do not change x.
        ### BEGIN SOLUTION
        def relu(x: np.ndarray) -> np.ndarray:
            return np.maximum(0, x)

        def relu_prime(x: np.ndarray) -> np.ndarray:
            return (x > 0).astype(float)

        super().__init__(relu, relu_prime)
        ### END SOLUTION


# %% [markdown] hints="relu"
# Look at the last line of the table in "Three functions": you need both columns. Tanh shows how to
# pass two functions to the constructor.
#
# The function is the larger of 0 and x, number by number. The derivative is its slope: 1 where x is
# positive, 0 where x is negative. Return new arrays for both, since x is the very array that the
# layer stores.
#
# NumPy has a function that takes the larger of two values, element by element. (It is not np.max,
# which finds the largest number in a whole array.) For the slope, test whether each number is above
# 0: True and False, converted to floats, are the 1 and 0 you need.

# %% [markdown]
# ## See it
#
# Run this file to see the three functions, and the derivatives that their `backward` multiplies by.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets.demo import if_written, show

    x = np.linspace(-4, 4, 401)
    figure, axes = plt.subplots(1, 3, figsize=(11, 3.2), layout="constrained")
    for axis, layer in zip(axes, (Tanh, Sigmoid, ReLU), strict=True):
        axis.set_title(layer.__name__)
        axis.grid(alpha=0.3)
        with if_written():
            activation = layer()
            axis.plot(x, activation.forward(x), label="f")
            slope = activation.backward(np.ones_like(x), learning_rate=0)
            axis.plot(x, slope, "--", label="f'")
            axis.legend()
    show()
