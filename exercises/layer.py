# %% [markdown]
# # The layer
#
# A network is a list of layers. Each layer knows two things only:
#
# * `forward`: given its input, what is its output?
# * `backward`: given how the error $E$ changes with its output, how does $E$ change with its
#   parameters, and how with its input?
#
# ```
#            input                 output
#    x  ──────────────▶ ┌───────┐ ──────────────▶  y
#                       │ layer │
#  ∂E/∂x ◀───────────── └───────┘ ◀──────────────  ∂E/∂y
#       returned value          output_gradient
# ```
#
# What one layer returns from `backward` is the `output_gradient` of the layer before it. That is the
# chain rule, and it is all that a network needs in order to learn.
#
# This file is complete. All the layers that you write inherit from `Layer`.

# %%
"""The base class of every layer (given)."""

import numpy as np


class Layer:
    """One step of a network.

    Layers see one sample at a time: a volume has the shape (channels, height, width), a vector is a
    column of shape (n, 1).

    Attributes
    ----------
    input : ndarray
        What `forward` was given last. `backward` needs it.
    output : ndarray
        What `forward` returned last. Some layers need it in `backward`.
    """

    input: np.ndarray
    output: np.ndarray

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Compute the output of this layer, and remember input and output.

        Parameters
        ----------
        input : ndarray
            One sample.
        training : bool
            True while the network learns. Only dropout behaves differently then.

        Returns
        -------
        ndarray
            The output.
        """
        raise NotImplementedError

    def backward(self, output_gradient: np.ndarray, learning_rate: float) -> np.ndarray:
        """Update the parameters by one step of gradient descent.

        Parameters
        ----------
        output_gradient : ndarray
            The gradient of the error with respect to this layer's output, of the output's shape.
        learning_rate : float
            The length of the step: parameter = parameter - learning_rate * gradient.

        Returns
        -------
        ndarray
            The gradient of the error with respect to this layer's input, of the input's shape.
        """
        raise NotImplementedError
