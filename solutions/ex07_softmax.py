# ---
# jupyter:
#   exercise:
#     builds_on: [ex06]
#     minutes: 45
# ---

# %% [markdown]
# # Exercise 7: softmax
#
# The last layer of a classifier outputs one number for each class, of any size and sign. Softmax turns
# these numbers into probabilities: all positive, adding up to 1.
#
# $$ y_i = \frac{e^{x_i}}{\sum_{k=1}^{n} e^{x_k}} $$
#
# By hand, with $X = (0, \ln 2, \ln 5)^\top$: the powers are $1, 2, 5$ and their sum is $8$, so
# $Y = (\tfrac18, \tfrac14, \tfrac58)^\top$.
#
# **Without overflow.** $e^{1000}$ is too large for a floating-point number. But adding a constant $c$ to
# every $x_i$ changes nothing, since the factor $e^{c}$ cancels. With $c = -\max_k x_k$ the largest power
# is $e^0 = 1$, and nothing can overflow.
#
# ## Backward
#
# Unlike an activation, softmax mixes its inputs: each $x_k$ enters *every* $y_i$ through the sum. Let
# $S = \sum_k e^{x_k}$. By the quotient rule,
#
# $$
# \frac{\partial y_i}{\partial x_k}
#   = \frac{[i = k] \, e^{x_i} S - e^{x_i} e^{x_k}}{S^2}
#   = y_i \, \big( [i = k] - y_k \big),
# $$
#
# where $[i = k]$ is 1 if $i = k$ and 0 otherwise. The chain rule sums over all outputs that $x_k$
# enters:
#
# $$
# \frac{\partial E}{\partial x_k} = \sum_{i=1}^{n} g_i \, y_i \, \big( [i = k] - y_k \big)
#   = y_k \Big( g_k - \sum_{i=1}^{n} g_i \, y_i \Big).
# $$
#
# As a matrix: $\dfrac{\partial E}{\partial X} = J^\top G$ with
# $J = \operatorname{diag}(Y) - Y Y^\top$ (which is symmetric).
#
# By hand, with $Y$ from above and $G = (8, 0, -8)^\top$: $\sum_i g_i y_i = 1 - 5 = -4$, so
# $\partial E / \partial X = \big(\tfrac18 (8 + 4),\; \tfrac14 (0 + 4),\; \tfrac58 (-8 + 4)\big)^\top
# = (1.5,\; 1,\; -2.5)^\top$. It sums to 0, as it must: adding a constant to all inputs changes nothing.
#
# **Check your work.** Suppose the output gradient is that of categorical cross-entropy,
# $g_i = -t_i / y_i$ with the target $t$. Then $\sum_i g_i y_i = -1$, and backward returns
# $y_k (g_k + 1) = y_k - t_k$: the famous difference between prediction and target, $P - T$. That is
# the *result* of this layer's backward, so never feed $P - T$ into it: the derivative of softmax would
# be applied twice.

# %%
"""Exercise 7: turn numbers into probabilities."""

import numpy as np
from layer import Layer


class Softmax(Layer):
    """A layer that turns a column of numbers into probabilities."""

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Compute the probabilities.

        Parameters
        ----------
        input : ndarray of shape (n, 1)
        training : bool
            Not used by this layer.

        Returns
        -------
        ndarray of shape (n, 1)
            Positive numbers that add up to 1.
        """
        # TODO: 1. Subtract the largest input number from all of them, in a new array.
        #       2. Raise e to each of these powers, and divide the results by their sum.
        #       3. Store the result in self.output, since backward needs it, and return it.
        ### BEGIN SOLUTION
        powers = np.exp(input - np.max(input))
        self.output = powers / np.sum(powers)
        return self.output
        ### END SOLUTION

    def backward(self, output_gradient: np.ndarray, learning_rate: float) -> np.ndarray:
        """Multiply the output gradient by the (transposed) matrix of derivatives.

        Parameters
        ----------
        output_gradient : ndarray of shape (n, 1)
        learning_rate : float
            Not used: this layer has no parameters.

        Returns
        -------
        ndarray of shape (n, 1)
        """
        # TODO: Return the input gradient. self.output is what forward returned.
        ### BEGIN SOLUTION
        return self.output * (output_gradient - np.sum(output_gradient * self.output))
        ### END SOLUTION


# %% [markdown] hints="forward"
# Look at "Without overflow", and try your layer on a column of 1000, 1001 and 1002: there must be
# neither a warning nor a nan.
#
# Every power of e is divided by the sum of all of them. Subtracting the same number from all inputs
# first does not change the result. If you subtract the largest input, no power is above 1.
#
# Let m be the largest number in the whole column. Then y_i is e to the power of x_i − m, divided by
# the sum of these powers. Both m and the sum are single numbers, so you need no axis. Store Y as
# self.output: backward needs it.

# %% [markdown] hints="backward"
# Look at the last formula before "As a matrix": its right-hand side is all you need. Once you have
# written something, run the file to compare with the example: 1.5, 1, −2.5.
#
# Each input enters every output, so each row of the result depends on all the output gradients. It
# does so through one number that all rows share: the sum of gradient times output.
#
# Let s be the sum of g_i · y_i over the whole column, a single number. Row k of the result is y_k
# times the difference g_k − s, where y is what forward returned. The learning rate is not used.

# %% [markdown]
# ## See it
#
# Run this file to see five numbers and the probabilities they become, also when the numbers are twice
# as large.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets.demo import if_written, show

    layer = Softmax()
    with if_written():
        print("The example above:", layer.forward(np.log([[1.0], [2.0], [5.0]])).ravel())
        print("its input gradient:", layer.backward(np.array([[8.0], [0.0], [-8.0]]), 0).ravel())

    x = np.array([[-1.0], [0.5], [2.0], [1.0], [-0.5]])
    figure, axes = plt.subplots(1, 3, figsize=(10, 3), layout="constrained")
    axes[0].bar(range(5), x.ravel())
    axes[0].set_title("x")
    for axis, factor in zip(axes[1:], (1, 2), strict=True):
        axis.set(title="softmax(x)" if factor == 1 else f"softmax({factor}x)", ylim=(0, 1))
        with if_written():
            axis.bar(range(5), layer.forward(factor * x).ravel(), color="tab:orange")
    show()
