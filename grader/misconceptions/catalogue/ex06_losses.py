"""Known mistakes of exercise 6, the losses."""

import numpy as np

from grader.misconceptions import misconception


def _clip(p):
    return np.clip(p, 1e-7, 1 - 1e-7)


def _terms(y, p, log=np.log):
    return y * log(p) + (1 - y) * log(1 - p)


def _slopes(y, p):
    return (1 - y) / (1 - p) - y / p


BCE, BCE_PRIME = "ex06/binary_cross_entropy", "ex06/binary_cross_entropy_prime"
CCE, CCE_PRIME = "ex06/categorical_cross_entropy", "ex06/categorical_cross_entropy_prime"


@misconception(
    BCE,
    "predictions not clipped on both sides",
    hint="What is 0 times log 0 on a computer? See the section on the edges: there are two of them.",
)
def bce_not_clipped(y_true, y_pred):
    """For a prediction of exactly 0 or 1 the loss is nan: somewhere stands 0 times log 0.

    The predictions have to be brought away from 0, and from 1 as well, since log(1 - p) is there too.
    """
    return float(-np.mean(_terms(y_true, y_pred)))


@misconception(
    BCE,
    "predictions overwritten",
    hint="Whose array is y_pred? np.clip makes a new one unless it is told where to put the result.",
)
def bce_in_place(y_true, y_pred):
    """The loss is right, but the predictions are clipped in the array that came in."""
    np.clip(y_pred, 1e-7, 1 - 1e-7, out=y_pred)
    return float(-np.mean(_terms(y_true, y_pred)))


@misconception(
    BCE,
    "sum in place of mean",
    hint="What becomes of your loss if every sample stands in the column twice?",
)
def bce_sum(y_true, y_pred):
    """The loss is n times too large: it is added up over the samples, but not divided by n."""
    return float(-np.sum(_terms(y_true, _clip(y_pred))))


@misconception(
    BCE,
    "wrong sign",
    hint="Is the logarithm of a probability positive or negative? And what should a loss be?",
)
def bce_sign(y_true, y_pred):
    """The loss is negative, and the better the prediction, the larger it is.

    The logarithm of a probability is never positive, which is what the minus is for.
    """
    return float(np.mean(_terms(y_true, _clip(y_pred))))


@misconception(
    BCE, "logarithm to base 10", hint="Which logarithm has the derivative 1/p? NumPy has several."
)
def bce_log10(y_true, y_pred):
    """The loss is smaller by the factor 2.303: it is made with log10.

    Here the natural logarithm is meant, and only that has the derivative 1/p.
    """
    return float(-np.mean(_terms(y_true, _clip(y_pred), np.log10)))


@misconception(
    BCE, "logarithm to base 2", hint="Which logarithm has the derivative 1/p? NumPy has several."
)
def bce_log2(y_true, y_pred):
    """The loss is larger by the factor 1.443: it is made with log2, which counts bits.

    Here the natural logarithm is meant, and only that has the derivative 1/p.
    """
    return float(-np.mean(_terms(y_true, _clip(y_pred), np.log2)))


@misconception(
    BCE,
    "no term for y = 0",
    hint="What does a prediction of 0.99 cost in your code if the truth is 0?",
)
def bce_first_term(y_true, y_pred):
    """Samples whose truth is 0 cost nothing: only the term with y is there.

    A network could say yes to everything and have no loss at all.
    """
    return float(-np.mean(y_true * np.log(_clip(y_pred))))


@misconception(
    BCE, "log p in both terms", hint="For y = 0, which probability was given to what is true?"
)
def bce_same_logarithm(y_true, y_pred):
    """Samples whose truth is 0 cost -log p, as if the truth were 1.

    For them the probability of what is true is that of a no.
    """
    p = _clip(y_pred)
    return float(-np.mean(y_true * np.log(p) + (1 - y_true) * np.log(p)))


@misconception(
    BCE,
    "array in place of one number",
    hint="There is a sum sign in the formula. Where is it in the code?",
)
def bce_array(y_true, y_pred):
    """There is a loss for each sample, where one number is asked for.

    Dividing by n is only half of a mean: the other half is adding up.
    """
    return -(1 / len(y_pred)) * _terms(y_true, _clip(y_pred))


@misconception(
    BCE,
    "y and p swapped",
    hint="Of which of the two is the logarithm taken, the truth or the prediction?",
)
def bce_swapped(y_true, y_pred):
    """The logarithm is taken of the truth, and weighted with the prediction.

    Losses get (y_true, y_pred), in this order; perhaps the names have changed places.
    """
    return float(-np.mean(_terms(y_pred, _clip(y_true))))


@misconception(
    BCE_PRIME,
    "predictions not clipped",
    hint="Which divisions by zero can happen here? Do what the loss does about it.",
)
def bce_prime_not_clipped(y_true, y_pred):
    """For a prediction of exactly 0 or 1 the slope is nan or infinite: it divides by zero."""
    return _slopes(y_true, y_pred) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "not divided by n",
    hint="The loss is a mean over how many numbers? np.size and shape[1] differ for a column.",
)
def bce_prime_sum(y_true, y_pred):
    """The slopes are n times too large.

    The loss is a mean, so each prediction has a share of 1/n in it. (A column of n numbers has n rows
    and one column: the number of columns will not do.)
    """
    return _slopes(y_true, _clip(y_pred))


@misconception(
    BCE_PRIME,
    "wrong sign",
    hint="If the truth is 1 and the prediction grows, does the loss grow or fall?",
)
def bce_prime_sign(y_true, y_pred):
    """The slopes are right but for their sign, and training would make the predictions worse."""
    return -_slopes(y_true, _clip(y_pred)) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "no term for y = 0",
    hint="How does the loss change with p if the truth is 0? The formula has two terms.",
)
def bce_prime_first_term(y_true, y_pred):
    """Where the truth is 0 the slope is 0, so a wrong yes would never be corrected."""
    return -y_true / _clip(y_pred) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "derivative for the logits",
    hint="With respect to what is the derivative asked: to p, or to what the sigmoid gets?",
)
def bce_prime_logits(y_true, y_pred):
    """This is p - y, the derivative with respect to what goes into a sigmoid before the loss.

    Here the sigmoid is a layer with a backward of its own; its factor would come in twice.
    """
    return (y_pred - y_true) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "derivative of the squared error",
    hint="This belongs to the loss that was given above. What is the derivative of a logarithm?",
)
def bce_prime_squared(y_true, y_pred):
    """This is 2 (p - y) / n, the derivative of the mean squared error of the example."""
    return 2 * (y_pred - y_true) / np.size(y_true)


@misconception(
    BCE_PRIME,
    "added up to one number",
    hint="How many predictions go in? Each has a slope of its own.",
)
def bce_prime_number(y_true, y_pred):
    """The slopes are averaged to one number.

    The loss is one number, but its gradient has one for each prediction.
    """
    return float(np.mean(_slopes(y_true, _clip(y_pred))))


@misconception(
    CCE,
    "averaged over classes",
    hint="How many samples are in one column, and what do its rows stand for?",
)
def cce_mean(y_true, y_pred):
    """The loss is too small by the number of classes: it is a mean over them.

    The column is one sample, and its rows are classes. Only one of them counts, and it counts fully.
    """
    return float(-np.mean(y_true * np.log(_clip(y_pred))))


@misconception(
    CCE,
    "wrong sign",
    hint="Is the logarithm of a probability positive or negative? And what should a loss be?",
)
def cce_sign(y_true, y_pred):
    """The loss is negative, and the better the prediction, the larger it is.

    The logarithm of a probability is never positive, which is what the minus is for.
    """
    return float(np.sum(y_true * np.log(_clip(y_pred))))


@misconception(
    CCE,
    "predictions not clipped",
    hint="What is 0 times log 0 on a computer? The section on the edges says what to do.",
)
def cce_not_clipped(y_true, y_pred):
    """Where a probability is exactly 0 the loss is nan: 0 times log 0, whichever class is true."""
    return float(-np.sum(y_true * np.log(y_pred)))


@misconception(
    CCE,
    "probability of the true class not clipped",
    hint="What does a network pay that gives the true class exactly 0? It should be a finite number.",
)
def cce_true_class_not_clipped(y_true, y_pred):
    """The true class is picked out first, which is well, but its probability may be 0 too.

    Then the loss is infinite.
    """
    return float(-np.log(np.sum(y_true * y_pred)))


@misconception(
    CCE,
    "array in place of one number",
    hint="There is a sum sign in the formula. Where is it in the code?",
)
def cce_array(y_true, y_pred):
    """There is a number for each class, where one for the whole sample is asked for."""
    return -y_true * np.log(_clip(y_pred))


@misconception(
    CCE, "logarithm to base 10", hint="Which logarithm has the derivative 1/p? NumPy has several."
)
def cce_log10(y_true, y_pred):
    """The loss is smaller by the factor 2.303: it is made with log10, not the natural logarithm."""
    return float(-np.sum(y_true * np.log10(_clip(y_pred))))


@misconception(
    CCE,
    "formula of the binary loss",
    hint="How many terms has the formula for classes? Compare it with the one before.",
)
def cce_binary(y_true, y_pred):
    """This is the binary cross-entropy, a mean over the rows with a second term for y = 0.

    Here the classes that are not true do not enter: their probabilities add up to the rest anyway.
    """
    return float(-np.mean(_terms(y_true, _clip(y_pred))))


@misconception(
    CCE_PRIME,
    "p - y, the derivative for the logits",
    hint="With respect to what is the derivative asked: to p, or to what the softmax gets?",
)
def cce_prime_logits(y_true, y_pred):
    """This is p - y, the derivative with respect to what goes *into* a softmax before the loss.

    Here softmax is a layer with a backward of its own, and would be counted twice.
    """
    return _clip(y_pred) - y_true


@misconception(
    CCE_PRIME,
    "(p - y) / n, the derivative for the logits",
    hint="What is the derivative of -log p with respect to p? And is there a mean in this loss?",
)
def cce_prime_logits_mean(y_true, y_pred):
    """This is p - y divided by the number of classes.

    p - y is the derivative for what goes *into* a softmax, which is a layer of its own here; and the
    loss is a sum over the classes, so there is no 1/n either.
    """
    return (_clip(y_pred) - y_true) / len(y_pred)


@misconception(
    CCE_PRIME,
    "divided by the number of classes",
    hint="Is the loss a sum or a mean over the classes of its one sample?",
)
def cce_prime_mean(y_true, y_pred):
    """The slopes are too small by the number of classes.

    The 1/n belongs to a mean, and this loss is a sum over the classes.
    """
    return -y_true / _clip(y_pred) / np.size(y_true)


@misconception(
    CCE_PRIME,
    "wrong sign",
    hint="If the probability of the true class grows, does the loss grow or fall?",
)
def cce_prime_sign(y_true, y_pred):
    """The slopes are right but for their sign, and training would make the predictions worse."""
    return y_true / _clip(y_pred)


@misconception(
    CCE_PRIME,
    "predictions not clipped",
    hint="Which divisions by zero can happen here? Do what the loss does about it.",
)
def cce_prime_not_clipped(y_true, y_pred):
    """Where a probability is exactly 0 the slope is nan or infinite: it divides by zero."""
    return -y_true / y_pred


@misconception(
    CCE_PRIME,
    "all classes counted",
    hint="Does the loss change with the probability of a class that is not the true one?",
)
def cce_prime_all_classes(y_true, y_pred):
    """Every class has the slope -1 / p, where only the true one should have it.

    The factor y is missing.
    """
    return -1 / _clip(y_pred)


@misconception(
    CCE_PRIME,
    "formula of the binary loss",
    hint="How many terms has the formula for classes? Compare it with the one before.",
)
def cce_prime_binary(y_true, y_pred):
    """This is the derivative of the *binary* cross-entropy, with a second term and a 1/n.

    For classes, the probabilities of those that are not true do not enter the loss.
    """
    return _slopes(y_true, _clip(y_pred)) / np.size(y_true)


@misconception(
    CCE_PRIME,
    "loss in place of its derivative",
    hint="What is the derivative of log p? There is no logarithm left in it.",
)
def cce_prime_is_loss(y_true, y_pred):
    """What is returned are the terms of the loss, with the logarithm, not its slopes."""
    return -y_true * np.log(_clip(y_pred))
