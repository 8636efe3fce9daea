# %% [markdown]
# # The layer
#
# A network is a list of layers. Each layer answers only two questions:
#
# * `forward`: given my input, what is my output?
# * `backward`: given how the error $E$ changes with my output, how does $E$ change with my parameters
#   and with my input?
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
# chain rule, and it is all a network needs in order to learn.
#
# This file is complete. All the layers you write inherit from `Layer`. (`BatchLayer`, below it, is for
# the advanced exercises.)

# %%
"""The base class of every layer (given)."""

import numpy as np


class Layer:
    """One step of a network.

    Layers see one sample at a time. A volume has the shape (channels, height, width); a vector is a
    column of shape (n, 1).

    Attributes
    ----------
    input : ndarray
        The input of the last call of `forward`, in layers that need it in `backward`.
    output : ndarray
        The output of the last call of `forward`, in layers that need it in `backward`.
    """

    input: np.ndarray
    output: np.ndarray

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Compute the output of this layer, and store what `backward` needs: the input or the output.

        Parameters
        ----------
        input : ndarray
            One sample.
        training : bool
            True while the network is being trained. Only dropout behaves differently then.

        Returns
        -------
        ndarray
            The output.
        """
        raise NotImplementedError

    def backward(self, output_gradient: np.ndarray, learning_rate: float) -> np.ndarray:
        """Update the parameters with one step of gradient descent.

        Parameters
        ----------
        output_gradient : ndarray
            The gradient of the error with respect to this layer's output, in the output's shape.
        learning_rate : float
            The length of the step: parameter = parameter - learning_rate * gradient.

        Returns
        -------
        ndarray
            The gradient of the error with respect to this layer's input, in the input's shape.
        """
        raise NotImplementedError


class BatchLayer:
    """One step of a network that learns from batches, for the advanced exercises.

    Layers see many samples at once: N images are an array of shape (N, channels, height, width). A layer
    does not update itself: `backward` stores the gradients, and an optimiser takes the step.

    Attributes
    ----------
    parameters : dict of str to ndarray
        What the layer learns, by name; empty if it has no parameters.
    gradients : dict of str to ndarray
        The gradients of the error with respect to the parameters, under the same names, once `backward`
        has been called.
    """

    def __init__(self) -> None:
        self.parameters: dict[str, np.ndarray] = {}
        self.gradients: dict[str, np.ndarray] = {}

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Compute the output of this layer, and store what `backward` needs.

        Parameters
        ----------
        input : ndarray
            A batch: the first axis counts the samples.
        training : bool
            True while the network is being trained.

        Returns
        -------
        ndarray
            The outputs, in the order of the inputs.
        """
        raise NotImplementedError

    def backward(self, output_gradient: np.ndarray) -> np.ndarray:
        """Compute the gradients, summed over the batch, and store those of the parameters.

        Parameters
        ----------
        output_gradient : ndarray
            The gradient of the error with respect to this layer's output, in the output's shape.

        Returns
        -------
        ndarray
            The gradient of the error with respect to this layer's input, in the input's shape.
        """
        raise NotImplementedError
