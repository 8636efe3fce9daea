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
        raise NotImplementedError

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
        raise NotImplementedError


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
        raise NotImplementedError


# %%
class ReLU(Activation):
    """The rectified linear unit: the input where it is positive, 0 elsewhere."""

    def __init__(self) -> None:
        # TODO: Do the same as in Tanh. Return new arrays; do not change x.
        raise NotImplementedError


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
