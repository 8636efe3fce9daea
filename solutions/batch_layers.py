# %% [markdown]
# # Layers for batches
#
# This file is complete. It has the layers that a network needs around those you write in the advanced
# exercises: `Flatten`, `Dense` and `ReLU`, for a batch of $N$ samples at once.
#
# | layer | input | output |
# |---|---|---|
# | `Flatten()` | $(N, C, H, W)$ | $(N, C \cdot H \cdot W)$ |
# | `Dense(inputs, outputs)` | $(N, \text{inputs})$ | $(N, \text{outputs})$ |
# | `ReLU()` | any shape | the same shape |
#
# A sample is now a **row**, so all samples go through a dense layer in one product:
#
# $$ Y = X W^\top + b, \qquad
#    \frac{\partial E}{\partial W} = G^\top X, \qquad
#    \frac{\partial E}{\partial b} = \sum_n g_n, \qquad
#    \frac{\partial E}{\partial X} = G W $$
#
# The product $G^\top X$ sums over the batch. (The loss has divided by $N$ already, so nobody else does.)
#
# Parameters are `float32`. A product of `float32` with `float32` stays `float32`; if you pass a batch of
# `float64`, NumPy computes in `float64`.

# %%
"""Layers for batches, for the advanced exercises (given)."""

import math

import numpy as np
from layer import BatchLayer


class Flatten(BatchLayer):
    """A layer that makes one row of each sample."""

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the batch as an array of shape (N, numbers of a sample)."""
        self.input_shape = input.shape
        return input.reshape(len(input), math.prod(input.shape[1:]))

    def backward(self, output_gradient: np.ndarray) -> np.ndarray:
        """Return the gradient in the input's shape."""
        return output_gradient.reshape(self.input_shape)


class Dense(BatchLayer):
    """A layer in which every output depends on every input of its sample.

    Parameters
    ----------
    inputs, outputs : int
        How many numbers a sample has before the layer, and after it.

    Attributes
    ----------
    parameters : dict
        "weights" of shape (outputs, inputs), with He initialisation, and "bias" of shape (outputs,).
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        weights = np.random.standard_normal((outputs, inputs)) * math.sqrt(2 / inputs)
        self.parameters["weights"] = weights.astype(np.float32)
        self.parameters["bias"] = np.zeros(outputs, np.float32)

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the outputs, of shape (N, outputs)."""
        self.input = input
        return input @ self.parameters["weights"].T + self.parameters["bias"]

    def backward(self, output_gradient: np.ndarray) -> np.ndarray:
        """Store the gradients of weights and bias, summed over the batch; return the input's."""
        self.gradients["weights"] = output_gradient.T @ self.input
        self.gradients["bias"] = output_gradient.sum(axis=0)
        return output_gradient @ self.parameters["weights"]


class ReLU(BatchLayer):
    """A layer that replaces negative numbers by 0."""

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the positive part of each number."""
        self.is_positive = input > 0
        return np.where(self.is_positive, input, input.dtype.type(0))

    def backward(self, output_gradient: np.ndarray) -> np.ndarray:
        """Return the gradient where the input was positive, and 0 elsewhere."""
        return output_gradient * self.is_positive
