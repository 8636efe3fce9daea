"""Known mistakes of exercise 6: the categorical cross-entropy."""

import numpy as np

from grader.misconceptions import another_way, misconception

CCE, CCE_PRIME = "ex06/categorical_cross_entropy", "ex06/categorical_cross_entropy_prime"


def _clip(p):
    return np.clip(p, 1e-7, 1 - 1e-7)


def _terms(y, p, log=np.log):
    return y * log(p) + (1 - y) * log(1 - p)


def _slopes(y, p):
    return (1 - y) / (1 - p) - y / p


@misconception(
    CCE,
    "averaged over classes",
    hint="How many samples are in one column, and what do its rows stand for?",
)
def cce_mean(y_true, y_pred):
    """Your loss is too small by a factor of the number of classes, because it is a mean over them.

    The column is one sample, and its rows are classes. Only the true class counts, and it counts in
    full.
    """
    return float(-np.mean(y_true * np.log(_clip(y_pred))))


@misconception(
    CCE,
    "wrong sign",
    hint="Is the logarithm of a probability positive or negative? Which sign should a loss have?",
)
def cce_sign(y_true, y_pred):
    """Your loss is negative, and it grows as the prediction gets better.

    The logarithm of a probability is never positive, so the formula has a minus sign.
    """
    return float(np.sum(y_true * np.log(_clip(y_pred))))


@misconception(
    CCE,
    "predictions not clipped",
    hint="What does NumPy return for 0 times log 0? The section on the edges says what to do.",
)
def cce_not_clipped(y_true, y_pred):
    """If the probability of any class is exactly 0, your loss is nan, because of 0 times log 0."""
    return float(-np.sum(y_true * np.log(y_pred)))


@misconception(
    CCE,
    "probability of the true class not clipped",
    hint="What is your loss if the true class has probability 0? It should be a finite number.",
)
def cce_true_class_not_clipped(y_true, y_pred):
    """Your code picks out the true class first, which is fine, but its probability can also be 0.

    Then your loss is infinite.
    """
    return float(-np.log(np.sum(y_true * y_pred)))


@misconception(
    CCE,
    "array in place of one number",
    hint="There is a sum sign in the formula. Where is it in the code?",
    by_kind=True,
)
def cce_array(y_true, y_pred):
    """Your code returns a number for each class instead of one number for the whole sample."""
    return -y_true * np.log(_clip(y_pred))


@misconception(
    CCE, "logarithm to base 10", hint="Which logarithm has the derivative 1/p? NumPy has several."
)
def cce_log10(y_true, y_pred):
    """Your loss is too small by a factor of 2.303: it uses log10, not the natural logarithm."""
    return float(-np.sum(y_true * np.log10(_clip(y_pred))))


@misconception(
    CCE,
    "formula of the binary loss",
    hint="How many terms are there in the categorical formula? Compare it with the binary one.",
)
def cce_binary(y_true, y_pred):
    """Your code computes the binary cross-entropy: a mean over the rows, with a second term for y = 0.

    In the categorical cross-entropy only the true class enters.
    """
    return float(-np.mean(_terms(y_true, _clip(y_pred))))


@misconception(
    CCE_PRIME,
    "p - y, the derivative for the logits",
    hint="Do you need the derivative with respect to p, or with respect to the softmax's input?",
)
def cce_prime_logits(y_true, y_pred):
    """Your code returns p - y, the derivative with respect to the *input* of a softmax before the loss.

    In this course softmax is a layer with its own backward, so its derivative would be applied twice.
    """
    return _clip(y_pred) - y_true


@misconception(
    CCE_PRIME,
    "(p - y) / n, the derivative for the logits",
    hint="What is the derivative of -log p with respect to p? And is there a mean in this loss?",
)
def cce_prime_logits_mean(y_true, y_pred):
    """Your code returns p - y divided by the number of classes.

    p - y is the derivative with respect to the *input* of a softmax, which is a separate layer in this
    course. And the loss is a sum over the classes, so there is no 1/n either.
    """
    return (_clip(y_pred) - y_true) / len(y_pred)


@misconception(
    CCE_PRIME,
    "divided by the number of classes",
    hint="Is the loss of one sample a sum or a mean over the classes?",
)
def cce_prime_mean(y_true, y_pred):
    """Your slopes are too small by a factor of the number of classes.

    A mean would need the factor 1/n, but this loss is a sum over the classes.
    """
    return -y_true / _clip(y_pred) / np.size(y_true)


@misconception(
    CCE_PRIME,
    "wrong sign",
    hint="If the probability of the true class grows, does the loss grow or fall?",
)
def cce_prime_sign(y_true, y_pred):
    """Your slopes have the wrong sign, so training would make the predictions worse."""
    return y_true / _clip(y_pred)


@misconception(
    CCE_PRIME,
    "predictions not clipped",
    hint="Where can a division by zero happen? Prevent it in the same way as in the loss.",
)
def cce_prime_not_clipped(y_true, y_pred):
    """Where a probability is exactly 0 your code divides by zero: the slope is nan or infinite."""
    return -y_true / y_pred


@misconception(
    CCE_PRIME,
    "all classes counted",
    hint="Does the loss change with the probability of a class that is not the true one?",
)
def cce_prime_all_classes(y_true, y_pred):
    """Your slope is -1 / p for every class, but it should be so only for the true class.

    The factor y is missing.
    """
    return -1 / _clip(y_pred)


@misconception(
    CCE_PRIME,
    "formula of the binary loss",
    hint="How many terms are there in the categorical formula? Compare it with the binary one.",
)
def cce_prime_binary(y_true, y_pred):
    """Your code returns the derivative of the *binary* loss, with a second term and a factor 1/n.

    In the categorical cross-entropy only the true class enters, and there is no mean.
    """
    return _slopes(y_true, _clip(y_pred)) / np.size(y_true)


@misconception(
    CCE_PRIME,
    "loss in place of its derivative",
    hint="What is the derivative of log p? There is no logarithm left in it.",
)
def cce_prime_is_loss(y_true, y_pred):
    """Your code returns the terms of the loss, which contain a logarithm, not its slopes."""
    return -y_true * np.log(_clip(y_pred))


@misconception(
    CCE,
    "y and p swapped",
    hint="Does the formula take the logarithm of the target or of the prediction?",
)
def cce_swapped(y_true, y_pred):
    """Your code takes the logarithm of the target and weights it with the prediction.

    Losses take (y_true, y_pred), in this order; perhaps you swapped the two names.
    """
    return float(-np.sum(y_pred * np.log(_clip(y_true))))


@misconception(
    CCE, "logarithm to base 2", hint="Which logarithm has the derivative 1/p? NumPy has several."
)
def cce_log2(y_true, y_pred):
    """Your loss is too large by a factor of 1.443: it uses log2, not the natural logarithm."""
    return float(-np.sum(y_true * np.log2(_clip(y_pred))))


@misconception(
    CCE,
    "all classes counted",
    hint="Which factor in the formula is 0 for every class but the true one?",
)
def cce_all_classes(y_true, y_pred):
    """Your loss adds up -log p for all classes, but only the true one counts: y is missing."""
    return float(-np.sum(np.log(_clip(y_pred))))


@misconception(
    CCE_PRIME,
    "added up to one number",
    hint="How many predictions go in? Each has its own slope.",
    by_kind=True,
)
def cce_prime_number(y_true, y_pred):
    """Your code adds the slopes up to one number.

    The loss is one number, but its gradient has one number for each prediction.
    """
    return float(-np.sum(y_true / _clip(y_pred)))


@misconception(
    CCE_PRIME,
    "y and p swapped",
    hint="Does the formula divide by the target or by the prediction?",
)
def cce_prime_swapped(y_true, y_pred):
    """Your code divides by the target and not by the prediction.

    Losses take (y_true, y_pred), in this order; perhaps you swapped the two names.
    """
    return -y_pred / _clip(y_true)


@misconception(
    CCE_PRIME,
    "clipped too close to 0",
    hint="Print your slope at y = 1, p = 0. What would a step of that size do to the weights?",
)
def cce_prime_tiny(y_true, y_pred):
    """Nothing is divided by 0, but by a number so small that the slope is absurdly large."""
    return -y_true / (y_pred + 1e-100)


@another_way(cce_array)
def cce_flat_array(y_true, y_pred):
    return cce_array(y_true, y_pred).ravel()
