# ---
# jupyter:
#   exercise:
#     builds_on: []
#     minutes: 45
# ---

# %% [markdown]
# # Exercise 6: losses
#
# A loss is a single number $E$ that says how far a network's prediction $P$ is from the target $Y$.
# The backward pass begins with its derivative with respect to each $p_i$. In code, losses take
# `(y_true, y_pred)`, both of shape $(n, 1)$.
#
# ## Mean squared error (given)
#
# $$ E = \frac1n \sum_{i=1}^{n} (p_i - y_i)^2, \qquad
#    \frac{\partial E}{\partial p_i} = \frac{2}{n} (p_i - y_i) $$
#
# ## Binary cross-entropy
#
# Each $p_i$ is the probability of a *yes*, and each $y_i$ is 0 or 1. Take the probability that the
# prediction gives to the true answer: the loss is the mean of its $-\log$.
#
# $$ E = -\frac1n \sum_{i=1}^{n} \Big( y_i \log p_i + (1 - y_i) \log (1 - p_i) \Big) $$
#
# $\log p$ is the natural logarithm, whose derivative is $1/p$, and the derivative of $\log(1-p)$ is
# $-1/(1-p)$. So
#
# $$ \frac{\partial E}{\partial p_i}
#    = \frac1n \left( \frac{1 - y_i}{1 - p_i} - \frac{y_i}{p_i} \right). $$
#
# By hand: $Y = (1, 0)^\top$ and $P = (0.8, 0.4)^\top$ give
# $E = -\tfrac12 (\log 0.8 + \log 0.6) \approx \tfrac12 (0.2231 + 0.5108) = 0.3670$, and the gradient
# $\tfrac12 \left( -\tfrac{1}{0.8},\; \tfrac{1}{0.6} \right)^\top = (-0.625,\; 0.8333)^\top$.
#
# ## Categorical cross-entropy
#
# Each sample belongs to one of $n$ classes. $P$ contains a probability for each class, and $Y$ is 1 for
# the true class and 0 for the others. The loss is $-\log$ of the true class's probability. It is a
# *sum* over the classes of one sample, not a mean:
#
# $$ E = -\sum_{i=1}^{n} y_i \log p_i, \qquad
#    \frac{\partial E}{\partial p_i} = -\frac{y_i}{p_i} $$
#
# By hand: $Y = (0, 1, 0)^\top$ and $P = (0.2, 0.5, 0.3)^\top$ give $E = -\log 0.5 \approx 0.6931$ and
# the gradient $(0, -2, 0)^\top$.
#
# (You may have seen $P - Y$ elsewhere. That is the derivative with respect to the *input* of a softmax,
# with softmax and loss combined. In this course softmax is a layer with its own backward: exercise 7.)
#
# ## The edges
#
# $\log 0$ is $-\infty$ and $1/0$ is worse, and a network that is very sure does output exactly 0 or 1.
# So first clip the predictions to $[\varepsilon,\, 1 - \varepsilon]$, with `np.clip`. With
# $\varepsilon = 10^{-7}$, results barely change, and even float32 can still tell $1 - \varepsilon$
# from 1.

# %%
"""Exercise 6: how wrong is a prediction, and in which direction?"""

import numpy as np

EPSILON = 1e-7


def mse(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Return the mean squared error (given).

    Parameters
    ----------
    y_true, y_pred : ndarray of shape (n, 1)
    """
    return float(np.mean((y_pred - y_true) ** 2))


def mse_prime(y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
    """Return the derivative of `mse` with respect to each prediction (given).

    Parameters
    ----------
    y_true, y_pred : ndarray of shape (n, 1)

    Returns
    -------
    ndarray of shape (n, 1)
    """
    return 2 * (y_pred - y_true) / np.size(y_true)


# %%
def binary_cross_entropy(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Return the mean of -log of the probability given to the true answer.

    Parameters
    ----------
    y_true : ndarray of shape (n, 1)
        0 or 1.
    y_pred : ndarray of shape (n, 1)
        The probabilities of a 1; exactly 0 and exactly 1 are allowed.

    Returns
    -------
    float
    """
    # TODO: 1. Clip the predictions into a new array.
    #       2. Return the mean as a single number.
    ### BEGIN SOLUTION
    p = np.clip(y_pred, EPSILON, 1 - EPSILON)
    return float(-np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p)))
    ### END SOLUTION


# %% [markdown] hints="binary_cross_entropy"
# Look at the formula in "Binary cross-entropy" and at "The edges". Once you have written something,
# run the file: it prints your result for the example, which should be 0.3670.
#
# In each row only one of the two terms counts: log p where y is 1, log (1 − p) where y is 0.
# Multiplying by y and by 1 − y picks the right one. Before you take any logarithm, keep p away from
# 0 and from 1.
#
# Clip p to [ε, 1 − ε], in a new array. Then E is minus the mean of y · log p + (1 − y) · log
# (1 − p). Use the natural logarithm, and multiply element by element. Return one float.


# %%
def binary_cross_entropy_prime(y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
    """Return the derivative of `binary_cross_entropy` with respect to each prediction.

    Parameters
    ----------
    y_true, y_pred : ndarray of shape (n, 1)

    Returns
    -------
    ndarray of shape (n, 1)
    """
    # TODO: Clip as in the loss, and return the derivative. Do not forget the factor 1/n.
    ### BEGIN SOLUTION
    p = np.clip(y_pred, EPSILON, 1 - EPSILON)
    return ((1 - y_true) / (1 - p) - y_true / p) / np.size(y_true)
    ### END SOLUTION


# %% [markdown] hints="binary_cross_entropy_prime"
# Look at the last formula in "Binary cross-entropy", and at its example: the result there is −0.625
# and 0.8333.
#
# Each prediction has its own slope. Where y is 1 it is negative (a larger p would lower the loss);
# where y is 0 it is positive. You still need the factor from the mean, and the clipping, which here
# keeps you from dividing by 0.
#
# With p clipped as in the loss, each row is (1 − y) over (1 − p), minus y over p, all divided by n,
# the number of predictions. Nothing is summed: n rows go in, n rows come out.


# %%
def categorical_cross_entropy(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Return -log of the probability given to the true class.

    Parameters
    ----------
    y_true : ndarray of shape (n, 1)
        1 for the true class, 0 for the others.
    y_pred : ndarray of shape (n, 1)
        A probability for each class; exactly 0 and exactly 1 are allowed.

    Returns
    -------
    float
    """
    # TODO: 1. Clip the predictions into a new array.
    #       2. Return the sum over the classes as a single number.
    ### BEGIN SOLUTION
    p = np.clip(y_pred, EPSILON, 1 - EPSILON)
    return float(-np.sum(y_true * np.log(p)))
    ### END SOLUTION


# %% [markdown] hints="categorical_cross_entropy"
# Look at the first formula in "Categorical cross-entropy", at its example, which gives 0.6931, and
# at "The edges".
#
# Only the probability of the true class counts: y is 1 there and 0 in all other rows, so
# multiplying by y leaves one logarithm. Take the sum over the classes of one sample, not the mean.
#
# Clip p to [ε, 1 − ε], in a new array. Then E is minus the sum of y · log p over all rows, with the
# natural logarithm. Nothing is divided by n. Return one float.


# %%
def categorical_cross_entropy_prime(y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
    """Return the derivative of `categorical_cross_entropy` with respect to each probability.

    Parameters
    ----------
    y_true, y_pred : ndarray of shape (n, 1)

    Returns
    -------
    ndarray of shape (n, 1)
    """
    # TODO: Clip as in the loss, and return the derivative.
    ### BEGIN SOLUTION
    p = np.clip(y_pred, EPSILON, 1 - EPSILON)
    return -y_true / p
    ### END SOLUTION


# %% [markdown] hints="categorical_cross_entropy_prime"
# Look at the second formula in "Categorical cross-entropy" and at its example. The P − Y in the note
# below it is a different derivative, as the note explains.
#
# The slope of log p is 1 over p. Only the true class enters the loss, so all other rows are 0. There
# is no n, since the loss is a sum.
#
# Each row is minus y over p, with p clipped as in the loss. As many rows come out as went in.

# %% [markdown]
# ## See it
#
# Run this file to see each loss for predictions between 0 and 1 when the target is 1. Squared error
# hardly punishes a prediction that is sure and wrong; cross-entropy does.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets.demo import if_written, show

    yes, p = np.array([[1], [0]]), np.array([[0.8], [0.4]])
    with if_written():
        print("binary cross-entropy by hand: 0.3670; computed:", binary_cross_entropy(yes, p))
    with if_written():
        print("its gradient:", binary_cross_entropy_prime(yes, p).ravel())

    predictions = np.linspace(0.001, 0.999, 400)
    one = np.array([[1.0]])
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    pairs = {
        "mean squared error": (mse, mse_prime),
        "binary cross-entropy": (binary_cross_entropy, binary_cross_entropy_prime),
    }
    for label, (loss, prime) in pairs.items():
        with if_written():
            values = [loss(one, np.array([[p]])) for p in predictions]
            axes[0].plot(predictions, values, label=label)
        with if_written():
            slopes = [prime(one, np.array([[p]])).item() for p in predictions]
            axes[1].plot(predictions, slopes, label=label)
    axes[0].set(title="loss, if 1 is true", xlabel="prediction")
    axes[1].set(title="its derivative", xlabel="prediction", ylim=(-20, 1))
    axes[0].legend()
    show()
