# %% [markdown]
# # Exercise 9: training
#
# A network is a list of layers. To **predict**, pass the input to the first layer, its output to the
# second, and so on:
#
# $$ X \;\to\; \text{layer}_1 \;\to\; \text{layer}_2 \;\to\; \dots \;\to\; \text{layer}_L \;\to\; P $$
#
# To **train** on one sample $(X, Y)$, first predict. Then compute the derivative of the loss with
# respect to the prediction, and pass that gradient back through the layers in *reverse* order. On the
# way, each layer updates itself and returns the gradient for the previous layer:
#
# $$ \frac{\partial E}{\partial P} = \text{loss}'(Y, P) \;\to\; \text{layer}_L \;\to\; \dots \;\to\;
#    \text{layer}_2 \;\to\; \text{layer}_1 $$
#
# ```
#  for each epoch                          once through all the samples
#      for each sample x, y
#          forward through all layers      with training=True, so that dropout drops
#          loss(y, prediction)             add it to the sum for this epoch
#          backward, last layer first      start with loss_prime(y, prediction)
#      the mean loss of the epoch          append it to the list that you return
# ```
#
# ## By hand
#
# Take one layer that multiplies by its weight $w = 2$, one sample $x = 3$, $y = 5$, the squared error
# and the learning rate $0.01$. Forward: $p = 6$, $E = (6-5)^2 = 1$. The derivative of the loss is
# $2 (p - y) = 2$. Backward: $\partial E / \partial w = 2 · 3 = 6$, so $w$ becomes
# $2 - 0.01 · 6 = 1.94$. The second epoch starts from there: $p = 5.82$, $E = 0.6724$. With two epochs,
# `train` returns `[1.0, 0.6724]`.

# %%
"""Exercise 9: predict with a network, and train it."""

from collections.abc import Callable, Sequence

import numpy as np
from layer import Layer


def predict(network: Sequence[Layer], input: np.ndarray, training: bool = False) -> np.ndarray:
    """Pass an input through all the layers.

    Parameters
    ----------
    network : sequence of Layer
        The layers, from first to last.
    input : ndarray
        One sample.
    training : bool
        Passed on to every layer's forward.

    Returns
    -------
    ndarray
        The output of the last layer.
    """
    # TODO: Call each layer's forward in turn, with the output of the previous layer and with
    #       `training`. Return the output of the last layer.
    raise NotImplementedError


# %%
def train(
    network: Sequence[Layer],
    loss: Callable[[np.ndarray, np.ndarray], float],
    loss_prime: Callable[[np.ndarray, np.ndarray], np.ndarray],
    x_train: np.ndarray,
    y_train: np.ndarray,
    epochs: int,
    learning_rate: float,
    verbose: bool = True,
) -> list[float]:
    """Train a network by stochastic gradient descent, one update per sample, in order.

    Parameters
    ----------
    network : sequence of Layer
        The layers, from first to last; training changes them.
    loss, loss_prime : callable
        Both take (y_true, y_pred).
    x_train, y_train : ndarray
        The samples, along the first axis.
    epochs : int
        How many times to go through all samples.
    learning_rate : float
        Passed on to every layer's backward.
    verbose : bool
        Whether to print the mean loss after each epoch (for you to watch; it is not graded).

    Returns
    -------
    list of float
        The mean loss of each epoch. The loss of a sample is computed before the update on that sample.
    """
    # TODO: For each epoch, for each pair of x_train and y_train:
    #       1. predict, with training=True,
    #       2. add the loss to a sum,
    #       3. call backward on the layers from last to first, starting with the result of loss_prime.
    #       After each epoch, divide the sum by the number of samples, append the result to the list
    #       that you return, and print it if verbose.
    raise NotImplementedError


# %% [markdown]
# ## See it
#
# Run this file to see a network built from your own layers learn XOR, which no single dense layer can.
# (It needs exercises 4, 5 and 6.)

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt
    from ex04_dense import Dense
    from ex05_activations import Tanh
    from ex06_losses import mse, mse_prime

    from datasets import load_xor
    from datasets.demo import if_written, show

    xor = load_xor()
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    axes[0].set(title="mean squared error", xlabel="epoch")
    axes[1].set(title="what it predicts", xlabel="first input", ylabel="second input")
    axes[1].scatter(*xor.x_train[:, :, 0].T, c=xor.y_train.ravel(), cmap="coolwarm", edgecolors="k")
    with if_written():
        network = [Dense(2, 8), Tanh(), Dense(8, 1), Tanh()]
        losses = train(network, mse, mse_prime, xor.x_train, xor.y_train, 1000, 0.1, verbose=False)
        axes[0].semilogy(losses)
        for x, y in zip(xor.x_train, xor.y_train, strict=True):
            print(f"{x.ravel()} should be {y.item():.0f}, is {predict(network, x).item():.3f}")
        grid = np.linspace(-0.25, 1.25, 61)
        surface = [[predict(network, np.array([[a], [b]])).item() for a in grid] for b in grid]
        contour = axes[1].contourf(grid, grid, surface, levels=20, cmap="coolwarm", zorder=0)
        figure.colorbar(contour)
    show()
