# %% [markdown]
# # Exercise 4: the dense layer
#
# Every output of a dense layer is a weighted sum of all its inputs, plus a bias. The input $X$ is a
# column of $n$ numbers, the output $Y$ a column of $m$ numbers:
#
# $$ y_i = \sum_{j=1}^{n} w_{ij} \, x_j + b_i \qquad\Longleftrightarrow\qquad Y = W X + B $$
#
# with $W$ of shape $(m, n)$ and $B$ of shape $(m, 1)$.
#
# **Backward.** We are given $G = \partial E / \partial Y$, a column of $m$ numbers. By the chain rule, a
# number $z$ affects $E$ through every output that it enters:
# $\;\dfrac{\partial E}{\partial z} = \sum_i g_i \, \dfrac{\partial y_i}{\partial z}$.
#
# * $w_{ij}$ enters only $y_i$, with the factor $x_j$:
#   $\;\dfrac{\partial E}{\partial w_{ij}} = g_i \, x_j$, so
#   $\;\dfrac{\partial E}{\partial W} = G X^\top$.
# * $b_i$ enters only $y_i$, with the factor 1:
#   $\;\dfrac{\partial E}{\partial B} = G$.
# * $x_j$ enters *every* $y_i$, with the factor $w_{ij}$:
#   $\;\dfrac{\partial E}{\partial x_j} = \sum_i w_{ij} \, g_i$, so
#   $\;\dfrac{\partial E}{\partial X} = W^\top G$.
#
# ## By hand
#
# $$
# W = \begin{pmatrix} 1 & 2 & -1 \\ 0 & 1 & 3 \end{pmatrix},\quad
# B = \begin{pmatrix} 1 \\ -2 \end{pmatrix},\quad
# X = \begin{pmatrix} 2 \\ 1 \\ -1 \end{pmatrix}
# \quad\Rightarrow\quad
# Y = \begin{pmatrix} 1·2 + 2·1 + (-1)(-1) + 1 \\ 0·2 + 1·1 + 3·(-1) - 2 \end{pmatrix}
#   = \begin{pmatrix} 6 \\ -4 \end{pmatrix}
# $$
#
# With $G = \begin{pmatrix} 0.5 \\ -1 \end{pmatrix}$:
#
# $$
# \frac{\partial E}{\partial W} = G X^\top
#   = \begin{pmatrix} 1 & 0.5 & -0.5 \\ -2 & -1 & 1 \end{pmatrix},\qquad
# \frac{\partial E}{\partial B} = G = \begin{pmatrix} 0.5 \\ -1 \end{pmatrix},
# $$
#
# $$
# \frac{\partial E}{\partial X} = W^\top G
#   = \begin{pmatrix} 1·0.5 + 0·(-1) \\ 2·0.5 + 1·(-1) \\ -1·0.5 + 3·(-1) \end{pmatrix}
#   = \begin{pmatrix} 0.5 \\ 0 \\ -3.5 \end{pmatrix}
# $$
#
# ## Where the weights start
#
# If all weights started at zero, or at one, the outputs of a hidden layer would stay equal to each
# other forever: they start equal and get equal gradients. So weights start at random values, but how
# large should they be? Suppose the $x_j$ have the mean square $\overline{x^2}$, and the weights are
# independent of each other and of the $x_j$, with mean 0 and variance $\sigma^2$. Then
#
# $$ \operatorname{Var}(y_i) = \sum_{j=1}^{n} \operatorname{Var}(w_{ij} x_j) = n \, \sigma^2 \, \overline{x^2}. $$
#
# ReLU, which often follows, sets half of the numbers to 0, and so halves their mean square. For the
# signal to keep its size from layer to layer, we need $n \sigma^2 / 2 = 1$. This is
# **He initialisation** (He et al., 2015):
#
# $$ w_{ij} \sim \mathcal{N}\!\left(0,\; \frac{2}{n}\right), \qquad
#    \text{standard deviation } \sqrt{2 / n}, \quad n = \text{number of inputs.} $$
#
# A layer with 8 inputs starts with weights of standard deviation $\sqrt{2/8} = 0.5$.

# %%
"""Exercise 4: a layer in which every output depends on every input."""

import numpy as np
from layer import Layer


def he_initialisation(input_size: int, output_size: int) -> np.ndarray:
    """Draw the initial weights of a dense layer.

    Parameters
    ----------
    input_size : int
        n: the number of inputs.
    output_size : int
        m: the number of outputs.

    Returns
    -------
    ndarray of shape (m, n)
        Independent normal random numbers with mean 0 and standard deviation sqrt(2 / n); different
        ones on each call. (Another distribution with this mean and deviation is accepted.)
    """
    # TODO: Draw standard normal random numbers in the right shape, and scale them. (Do not set a
    #       seed: two layers must not start out equal.)
    raise NotImplementedError


# %%
class Dense(Layer):
    """A layer that multiplies its input by a matrix and adds a bias.

    Parameters
    ----------
    input_size : int
        n: the number of inputs.
    output_size : int
        m: the number of outputs.

    Attributes
    ----------
    weights : ndarray of shape (m, n)
    bias : ndarray of shape (m, 1)
    """

    def __init__(self, input_size: int, output_size: int) -> None:
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros((output_size, 1))

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Compute the weighted sums.

        Parameters
        ----------
        input : ndarray of shape (n, 1)
        training : bool
            Not used by this layer.

        Returns
        -------
        ndarray of shape (m, 1)
        """
        # TODO: 1. Store the input in self.input: backward needs it.
        #       2. Compute W X + B, and return it.
        raise NotImplementedError

    def backward(self, output_gradient: np.ndarray, learning_rate: float) -> np.ndarray:
        """Take one step of gradient descent and return the gradient for the previous layer.

        Parameters
        ----------
        output_gradient : ndarray of shape (m, 1)
        learning_rate : float

        Returns
        -------
        ndarray of shape (n, 1)
            The gradient with respect to the input, computed with the weights that forward used.
        """
        # TODO: 1. Compute the input gradient with the weights that produced the output.
        #       2. Subtract learning_rate times their gradients from weights and bias.
        #       3. Return the input gradient.
        raise NotImplementedError


# %% [markdown]
# ## See it
#
# Run this file to see how large a signal still is after each of 30 layers with ReLU between them, for
# initial weights that are too small, too large, and as He et al. recommend.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets.demo import if_written, show

    with if_written():
        layer = Dense(3, 2)
        layer.weights = np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 3.0]])
        layer.bias = np.array([[1.0], [-2.0]])
        print("The example above: output", layer.forward(np.array([[2.0], [1.0], [-1.0]])).ravel())
        print(
            "input gradient", layer.backward(np.array([[0.5], [-1.0]]), learning_rate=0.1).ravel()
        )

    figure, axis = plt.subplots(figsize=(6, 4), layout="constrained")
    for factor, label in ((0.7, "0.7 times He"), (1, "He"), (1.4, "1.4 times He")):
        signal, sizes = np.random.randn(200, 1), []
        with if_written():
            for _ in range(30):
                layer = Dense(200, 200)
                layer.weights *= factor
                signal = np.maximum(0, layer.forward(signal))
                sizes.append(np.sqrt(np.mean(signal**2)))
            axis.semilogy(range(1, 31), sizes, label=label)
    axis.set(title="the signal after each layer", xlabel="layer", ylabel="root mean square")
    if axis.lines:
        axis.legend()
    show()
