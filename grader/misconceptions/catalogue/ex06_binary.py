"""Known mistakes of exercise 6: the binary cross-entropy."""

import numpy as np

from grader.misconceptions import another_way, misconception

BCE, BCE_PRIME = "ex06/binary_cross_entropy", "ex06/binary_cross_entropy_prime"


def _clip(p):
    return np.clip(p, 1e-7, 1 - 1e-7)


def _terms(y, p, log=np.log):
    return y * log(p) + (1 - y) * log(1 - p)


def _slopes(y, p):
    return (1 - y) / (1 - p) - y / p


@misconception(
    BCE,
    "predictions not clipped on both sides",
    hint="What does NumPy return for 0 times log 0? See the section on the edges: there are two.",
)
def bce_not_clipped(y_true, y_pred):
    """For a prediction of exactly 0 or 1 your loss is nan, because it computes 0 times log 0.

    Keep the predictions away from 0, and from 1 as well, because of log(1 - p).
    """
    return float(-np.mean(_terms(y_true, y_pred)))


@misconception(
    BCE,
    "predictions overwritten",
    hint="Whose array is y_pred? np.clip makes a new one unless you tell it where to put the result.",
)
def bce_in_place(y_true, y_pred):
    """The loss is right, but your code clips the predictions in place; make a new array instead."""
    np.clip(y_pred, 1e-7, 1 - 1e-7, out=y_pred)
    return float(-np.mean(_terms(y_true, y_pred)))


@misconception(
    BCE,
    "sum in place of mean",
    hint="What happens to your loss if every sample is in the column twice?",
)
def bce_sum(y_true, y_pred):
    """Your loss is n times too large: it is summed over the samples, but not divided by n."""
    return float(-np.sum(_terms(y_true, _clip(y_pred))))


@misconception(
    BCE,
    "wrong sign",
    hint="Is the logarithm of a probability positive or negative? Which sign should a loss have?",
)
def bce_sign(y_true, y_pred):
    """Your loss is negative, and it grows as the prediction gets better.

    The logarithm of a probability is never positive, so the formula has a minus sign.
    """
    return float(np.mean(_terms(y_true, _clip(y_pred))))


@misconception(
    BCE, "logarithm to base 10", hint="Which logarithm has the derivative 1/p? NumPy has several."
)
def bce_log10(y_true, y_pred):
    """Your loss is too small by a factor of 2.303, because it uses log10.

    Use the natural logarithm: only its derivative is 1/p.
    """
    return float(-np.mean(_terms(y_true, _clip(y_pred), np.log10)))


@misconception(
    BCE, "logarithm to base 2", hint="Which logarithm has the derivative 1/p? NumPy has several."
)
def bce_log2(y_true, y_pred):
    """Your loss is too large by a factor of 1.443, because it uses log2.

    Use the natural logarithm: only its derivative is 1/p.
    """
    return float(-np.mean(_terms(y_true, _clip(y_pred), np.log2)))


@misconception(
    BCE,
    "no term for y = 0",
    hint="What loss does your code compute for a prediction of 0.99 if the target is 0?",
)
def bce_first_term(y_true, y_pred):
    """Samples with target 0 add nothing to your loss: it only has the term with y.

    A network could then say yes to everything and have no loss at all.
    """
    return float(-np.mean(y_true * np.log(_clip(y_pred))))


@misconception(
    BCE, "log p in both terms", hint="For y = 0, what probability does p give to the true answer?"
)
def bce_same_logarithm(y_true, y_pred):
    """For samples with target 0 your loss adds -log p, as if the target were 1.

    For them the true answer is a no, and its probability is 1 - p.
    """
    p = _clip(y_pred)
    return float(-np.mean(y_true * np.log(p) + (1 - y_true) * np.log(p)))


@misconception(
    BCE,
    "array in place of one number",
    hint="There is a sum sign in the formula. Where is it in the code?",
    by_kind=True,
)
def bce_array(y_true, y_pred):
    """Your code returns a loss for each sample instead of one number.

    Dividing by n is only half of a mean: you also have to add up.
    """
    return -(1 / len(y_pred)) * _terms(y_true, _clip(y_pred))


@misconception(
    BCE,
    "y and p swapped",
    hint="Does the formula take the logarithm of the target or of the prediction?",
)
def bce_swapped(y_true, y_pred):
    """Your code takes the logarithm of the target and weights it with the prediction.

    Losses take (y_true, y_pred), in this order; perhaps you swapped the two names.
    """
    return float(-np.mean(_terms(y_pred, _clip(y_true))))


@misconception(
    BCE_PRIME,
    "predictions not clipped",
    hint="Where can a division by zero happen? Prevent it in the same way as in the loss.",
)
def bce_prime_not_clipped(y_true, y_pred):
    """For a prediction of exactly 0 or 1 your code divides by zero: the slope is nan or infinite."""
    return _slopes(y_true, y_pred) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "not divided by n",
    hint="The loss is a mean over how many numbers? np.size and shape[1] differ for a column.",
)
def bce_prime_sum(y_true, y_pred):
    """Your slopes are n times too large.

    The loss is a mean, so each slope has a factor of 1/n. (The predictions have n rows and one
    column, so shape[1] is 1, not n.)
    """
    return _slopes(y_true, _clip(y_pred))


@misconception(
    BCE_PRIME,
    "wrong sign",
    hint="If the target is 1 and the prediction grows, does the loss grow or fall?",
)
def bce_prime_sign(y_true, y_pred):
    """Your slopes have the wrong sign, so training would make the predictions worse."""
    return -_slopes(y_true, _clip(y_pred)) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "no term for y = 0",
    hint="How does the loss change with p if the target is 0? The formula has two terms.",
)
def bce_prime_first_term(y_true, y_pred):
    """Your slope is 0 where the target is 0, so training would never correct a wrong yes."""
    return -y_true / _clip(y_pred) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "derivative for the logits",
    hint="Do you need the derivative with respect to p, or with respect to the sigmoid's input?",
)
def bce_prime_logits(y_true, y_pred):
    """Your code returns p - y, the derivative with respect to the input of a sigmoid before the loss.

    In this course the sigmoid is a layer with its own backward, so its derivative would be applied
    twice.
    """
    return (y_pred - y_true) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "derivative of the squared error",
    hint="Which loss in the file does this belong to? What is the derivative of a logarithm?",
)
def bce_prime_squared(y_true, y_pred):
    """Your code returns 2 (p - y) / n, which is the derivative of the mean squared error."""
    return 2 * (y_pred - y_true) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "added up to one number",
    hint="How many predictions go in? Each has its own slope.",
    by_kind=True,
)
def bce_prime_number(y_true, y_pred):
    """Your code adds or averages the slopes to one number.

    The loss is one number, but its gradient has one number for each prediction.
    """
    return float(np.mean(_slopes(y_true, _clip(y_pred))))


@misconception(
    BCE,
    "sign of one term",
    hint="Both logarithms are negative. Which sign should each term of the loss have in the end?",
)
def bce_one_sign(y_true, y_pred):
    """One of the two terms has the wrong sign, so it lowers the loss where it should raise it."""
    p = _clip(y_pred)
    return float(-np.mean(y_true * np.log(p) - (1 - y_true) * np.log(1 - p)))


@another_way(bce_one_sign)
def bce_other_sign(y_true, y_pred):
    p = _clip(y_pred)
    return float(-np.mean((1 - y_true) * np.log(1 - p) - y_true * np.log(p)))


@misconception(
    BCE_PRIME,
    "sign of one term",
    hint="If the target is 1, does the loss grow or fall with p? And if it is 0?",
)
def bce_prime_one_sign(y_true, y_pred):
    """One of the two terms has the wrong sign.

    The slope is below 0 where y is 1, and above 0 where y is 0.
    """
    p = _clip(y_pred)
    return ((1 - y_true) / (1 - p) + y_true / p) / np.size(y_true)


@another_way(bce_prime_one_sign)
def bce_prime_both_below_zero(y_true, y_pred):
    p = _clip(y_pred)
    return -((1 - y_true) / (1 - p) + y_true / p) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "y and p swapped",
    hint="Does the formula divide by the target or by the prediction?",
)
def bce_prime_swapped(y_true, y_pred):
    """Your code divides by the target and not by the prediction.

    Losses take (y_true, y_pred), in this order; perhaps you swapped the two names.
    """
    return _slopes(y_pred, _clip(y_true)) / np.size(y_true)


@another_way(bce_prime_swapped)
def bce_prime_swapped_not_clipped(y_true, y_pred):
    return _slopes(y_pred, y_true) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "clipped too close to 0",
    hint="Print your slope at y = 1, p = 0. What would a step of that size do to the weights?",
)
def bce_prime_tiny(y_true, y_pred):
    """Nothing is divided by 0, but by a number so small that the slope is absurdly large."""
    p, tiny = y_pred, 1e-100
    return ((1 - y_true) / (1 - p + tiny) - y_true / (p + tiny)) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "loss in place of its derivative",
    hint="What is the derivative of log p? There is no logarithm left in it.",
)
def bce_prime_is_loss(y_true, y_pred):
    """Your code returns the terms of the loss, which contain a logarithm, not its slopes."""
    return -_terms(y_true, _clip(y_pred)) / np.size(y_true)


@another_way(bce_prime_is_loss)
def bce_prime_is_loss_not_divided(y_true, y_pred):
    return -_terms(y_true, _clip(y_pred))


@another_way(bce_array)
def bce_flat_array(y_true, y_pred):
    return bce_array(y_true, y_pred).ravel()


@another_way(bce_prime_logits)
def bce_prime_logits_not_divided(y_true, y_pred):
    return _clip(y_pred) - y_true
