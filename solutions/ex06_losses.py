# ---
# jupyter:
#   exercise:
#     builds_on: []
#     minutes: 45
# ---

# %% [markdown]
# # Exercise 6: losses
#
# A loss says in one number $E$ how far the prediction $P$ of a network is from the target $Y$. Its
# derivative with respect to each $p_i$ is where the backward pass begins. In code, losses take
# `(y_true, y_pred)`, both of shape $(n, 1)$.
#
# ## Mean squared error (given)
#
# $$ E = \frac1n \sum_{i=1}^{n} (p_i - y_i)^2, \qquad
#    \frac{\partial E}{\partial p_i} = \frac{2}{n} (p_i - y_i) $$
#
# ## Binary cross-entropy
#
# Each $p_i$ is the probability of a *yes*, and each $y_i$ is 0 or 1. The loss is the mean of $-\log$ of
# the probability that was given to what is true:
#
# $$ E = -\frac1n \sum_{i=1}^{n} \Big( y_i \log p_i + (1 - y_i) \log (1 - p_i) \Big) $$
#
# $\log$ is the natural logarithm, whose derivative is $1/p$; and $\log(1-p)$ has the derivative
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
# One sample belongs to one of $n$ classes. $P$ holds a probability for each, $Y$ is 1 for the true
# class and 0 for the others. The loss is $-\log$ of the true class's probability. It is a *sum* over
# the classes of one sample, not a mean:
#
# $$ E = -\sum_{i=1}^{n} y_i \log p_i, \qquad
#    \frac{\partial E}{\partial p_i} = -\frac{y_i}{p_i} $$
#
# By hand: $Y = (0, 1, 0)^\top$ and $P = (0.2, 0.5, 0.3)^\top$ give $E = -\log 0.5 \approx 0.6931$ and
# the gradient $(0, -2, 0)^\top$.
#
# (You may have met $P - Y$. That is the derivative with respect to what goes *into* a softmax, softmax
# and loss in one. Here softmax is a layer with a backward of its own: exercise 7.)
#
# ## The edges
#
# $\log 0$ is $-\infty$ and $1/0$ is worse, and a network that is very sure does output an exact 0 or 1.
# So bring the predictions into $[\varepsilon,\, 1 - \varepsilon]$ first; `np.clip` does it. With
# $\varepsilon = 10^{-7}$ no result changes that matters, and even float32 still tells
# $1 - \varepsilon$ from 1.

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
    """Return the mean of -log of the probability given to what is true.

    Parameters
    ----------
    y_true : ndarray of shape (n, 1)
        0 or 1.
    y_pred : ndarray of shape (n, 1)
        Probabilities of 1; exact 0 and 1 are allowed.

    Returns
    -------
    float
    """
    # TODO: 1. Clip the predictions, into a new array.
    #       2. Return the mean, as one number.
    ### BEGIN SOLUTION
    p = np.clip(y_pred, EPSILON, 1 - EPSILON)
    return float(-np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p)))
    ### END SOLUTION


# %% [markdown] hints="binary_cross_entropy"
# Look at the formula in "Binary cross-entropy" and at "The edges". Once you have written something,
# run the file: it prints your number for the example, which should be 0.3670.
#
# In each row only one of the two terms counts: log p where y is 1, log (1 − p) where y is 0.
# Multiplying by y and by 1 − y picks the right one. Before any logarithm, p has to be kept away
# from 0 and from 1.
#
# Clip p to [ε, 1 − ε], in a new array. Then E is minus the mean of y · log p + (1 − y) · log
# (1 − p), with all products element by element and the natural logarithm. Return one float.


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
    # TODO: Clip as in the loss, and return the derivative. Do not forget the 1/n of the mean.
    ### BEGIN SOLUTION
    p = np.clip(y_pred, EPSILON, 1 - EPSILON)
    return ((1 - y_true) / (1 - p) - y_true / p) / np.size(y_true)
    ### END SOLUTION


# %% [markdown] hints="binary_cross_entropy_prime"
# Look at the last formula of "Binary cross-entropy", and at its example: the answer there is −0.625
# and 0.8333.
#
# Each prediction has a slope of its own. Where y is 1 it is negative (a larger p would cost less),
# where y is 0 it is positive. The mean of the loss is still in it, and so is the clipping: here it
# keeps you from dividing by 0.
#
# With p clipped as in the loss, each row is (1 − y) over (1 − p), minus y over p, and all of that
# over n, the number of predictions. Nothing is summed up: n rows go in, n rows come out.


# %%
def categorical_cross_entropy(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Return -log of the probability given to the true class.

    Parameters
    ----------
    y_true : ndarray of shape (n, 1)
        1 for the true class, 0 for the others.
    y_pred : ndarray of shape (n, 1)
        A probability for each class; exact 0 and 1 are allowed.

    Returns
    -------
    float
    """
    # TODO: 1. Clip the predictions, into a new array.
    #       2. Return the sum over the classes, as one number.
    ### BEGIN SOLUTION
    p = np.clip(y_pred, EPSILON, 1 - EPSILON)
    return float(-np.sum(y_true * np.log(p)))
    ### END SOLUTION


# %% [markdown] hints="categorical_cross_entropy"
# Look at the first formula of "Categorical cross-entropy", at its example, which gives 0.6931, and
# at "The edges".
#
# Only the probability of the true class counts: y is 1 there and 0 in all other rows, so
# multiplying by y leaves one logarithm. It is a sum over the classes of one sample, not a mean.
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
# Look at the second formula of "Categorical cross-entropy" and at its example. The difference P − Y
# in the note below it is something else: the note says what.
#
# The slope of log p is 1 over p. Only the true class enters the loss, so all other rows are 0; and
# there is no n, since the loss is a sum.
#
# Each row is minus y over p, with p clipped as in the loss. As many rows come out as went in.

# %% [markdown]
# ## See it
#
# Run this file: what each loss charges for a prediction between 0 and 1 when 1 is true. Squared error
# hardly minds being sure and wrong; cross-entropy does.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    yes, p = np.array([[1], [0]]), np.array([[0.8], [0.4]])
    print("binary cross-entropy by hand: 0.3670; computed:", binary_cross_entropy(yes, p))
    print("its gradient:", binary_cross_entropy_prime(yes, p).ravel())

    predictions = np.linspace(0.001, 0.999, 400)
    one = np.array([[1.0]])
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    pairs = {
        "mean squared error": (mse, mse_prime),
        "binary cross-entropy": (binary_cross_entropy, binary_cross_entropy_prime),
    }
    for label, (loss, prime) in pairs.items():
        axes[0].plot(predictions, [loss(one, np.array([[p]])) for p in predictions], label=label)
        slopes = [prime(one, np.array([[p]])).item() for p in predictions]
        axes[1].plot(predictions, slopes, label=label)
    axes[0].set(title="loss, if 1 is true", xlabel="prediction")
    axes[1].set(title="its derivative", xlabel="prediction", ylim=(-20, 1))
    axes[0].legend()
    plt.show()
