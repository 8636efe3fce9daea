# ---
# jupyter:
#   exercise:
#     assignment: extra
#     builds_on: [ex045]
#     minutes: 20
# ---

# %% [markdown]
# # Exercise 90: a layer that an optimiser updates
#
# Each of the $F$ features of a batch has a factor of its own: $y_{nf} = x_{nf} \, g_f$.

# %%
import numpy as np
from layer import BatchLayer


class Scale(BatchLayer):
    """Multiply each feature by a factor that is learned: `parameters["gain"]`, of shape (features,)."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.parameters["gain"] = np.ones(features)

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the scaled features, of shape (N, features)."""
        # TODO: keep the input, and multiply.
        ### BEGIN SOLUTION
        self.input = input
        return input * self.parameters["gain"]
        ### END SOLUTION

    def backward(self, output_gradient: np.ndarray) -> np.ndarray:
        """Keep the gradient of the gain, summed over the batch; return that of the input."""
        # TODO: fill in gradients["gain"], and return the input gradient.
        ### BEGIN SOLUTION
        self.gradients["gain"] = np.sum(output_gradient * self.input, axis=0)
        return output_gradient * self.parameters["gain"]
        ### END SOLUTION


# %% [markdown] hints="backward"
# How many outputs does one factor have a hand in?
#
# One for each sample of the batch, so there is a sum.
#
# The gradient of factor f sums, over all n, the output gradient times x.
