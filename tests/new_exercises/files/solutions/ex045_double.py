# ---
# jupyter:
#   exercise:
#     minutes: 10
# ---

# %% [markdown]
# # Exercise 45: doubling
#
# Twice $x$ is $x + x$.

# %%
import numpy as np


def double(input: np.ndarray) -> np.ndarray:
    """Return twice the input."""
    # TODO: return twice the input.
    ### BEGIN SOLUTION
    return 2 * input
    ### END SOLUTION
