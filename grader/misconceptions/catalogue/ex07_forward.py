"""Known mistakes of exercise 7: the forward pass of softmax."""

import math

import numpy as np

from grader.misconceptions import another_way, misconception


def _powers(x):
    return np.exp(x - np.max(x))


@misconception(
    "ex07/forward",
    "no maximum subtracted",
    hint="How large is exp(1000)? What can you subtract from all numbers without any effect?",
)
def no_maximum(self, input, training=False):
    """Your powers get too large: the largest number is not subtracted before e is raised to them.

    For ordinary numbers that is right, but exp(1000) overflows to infinity, and infinity over
    infinity is nan.
    """
    self.output = np.exp(input) / np.sum(np.exp(input))
    return self.output


@misconception(
    "ex07/forward",
    "sum along the wrong axis",
    hint="What is the shape of your sum? Along which axis of a column is there only one number?",
)
def all_ones(self, input, training=False):
    """Each of your outputs is 1, because your code divides each power by itself.

    The sum runs along an axis that has only one number.
    """
    powers = _powers(input)
    self.output = powers / np.sum(powers, axis=1, keepdims=True)
    return self.output


@misconception(
    "ex07/forward",
    "maximum along the wrong axis",
    hint="What is the shape of your maximum? There should be one for the whole column.",
)
def all_equal(self, input, training=False):
    """Your outputs are all the same, 1/n, because your code subtracts each number from itself.

    It takes the maximum along an axis that has only one number.
    """
    powers = np.exp(input - np.max(input, axis=1, keepdims=True))
    self.output = powers / np.sum(powers)
    return self.output


@misconception(
    "ex07/forward",
    "not divided by the sum",
    hint="What should the outputs of one column add up to, and what do yours add up to?",
)
def not_divided(self, input, training=False):
    """Your largest output is 1, so the outputs add up to more than 1.

    Your code returns the powers. Probabilities have to add up to 1.
    """
    self.output = _powers(input)
    return self.output


@misconception(
    "ex07/forward",
    "no powers of e",
    hint="What happens to negative numbers in your code? Can they be probabilities?",
)
def no_powers(self, input, training=False):
    """Your code divides the numbers themselves by their sum.

    They may be negative, and their sum may be 0, so first raise e to the power of each number.
    """
    self.output = input / np.sum(input)
    return self.output


@misconception(
    "ex07/forward",
    "sigmoid in place of softmax",
    hint="If one input grows, what should happen to the *other* outputs?",
)
def sigmoid(self, input, training=False):
    """Your code turns each number into a probability separately, with the sigmoid.

    Softmax divides a total probability of 1 among all the classes.
    """
    self.output = 1 / (1 + np.exp(-input))
    return self.output


@misconception(
    "ex07/forward",
    "logarithm of softmax",
    hint="Can a probability be negative? Where is the formula's fraction in your code?",
)
def logarithm(self, input, training=False):
    """Your outputs are the logarithms of the probabilities.

    Some libraries use those, but in this course the loss itself takes the logarithm.
    """
    shifted = input - np.max(input)
    self.output = shifted - np.log(np.sum(np.exp(shifted)))
    return self.output


@misconception(
    "ex07/forward",
    "input overwritten",
    hint="What is the difference between `a -= b` and `a = a - b` for the caller who passed you `a`?",
)
def input_overwritten(self, input, training=False):
    """Your code subtracts the maximum from the input in place.

    The output is right, but the array belongs to the previous layer, which still needs it.
    """
    input -= np.max(input)
    self.output = np.exp(input) / np.sum(np.exp(input))
    return self.output


@misconception(
    "ex07/forward",
    "input clipped",
    hint="Are 1000 and 999 still different after clipping? What can you subtract to keep the "
    "difference?",
)
def input_clipped(self, input, training=False):
    """Nothing overflows, because your code clips large numbers first.

    But clipping makes two large numbers equal, and so their probabilities too.
    """
    powers = np.exp(np.clip(input, -500, 500))
    self.output = powers / np.sum(powers)
    return self.output


@misconception(
    "ex07/forward",
    "output not kept",
    hint="Backward gets only a gradient. What else does it need to compute the derivatives?",
)
def not_kept(self, input, training=False):
    """The output is right, but your code does not store it, and backward needs it."""
    return _powers(input) / np.sum(_powers(input))


@misconception(
    "ex07/forward",
    "a sum without keepdims",
    hint="Print the shapes of the powers and of your sum. The sum should be a single number.",
    by_kind=True,
)
def sum_without_keepdims(self, input, training=False):
    """Your output is a square: a column (n, 1) was divided by a flat sum (n,).

    NumPy then divides every number of one by every number of the other. Add up the whole column.
    """
    powers = _powers(input)
    self.output = powers / np.sum(powers, axis=1)
    return self.output


@misconception(
    "ex07/forward",
    "maximum subtracted in one place only",
    hint="Your fraction has powers above and below. Are they powers of the same numbers?",
)
def shifted_once(self, input, training=False):
    """Your code subtracts the maximum above the fraction line or below it, but not in both places.

    The constant only cancels if it is subtracted from every number.
    """
    self.output = _powers(input) / np.sum(np.exp(input))
    return self.output


@another_way(shifted_once)
def shifted_below(self, input, training=False):
    self.output = np.exp(input) / np.sum(_powers(input))
    return self.output


@misconception(
    "ex07/forward",
    "math in place of NumPy",
    hint="What does math.exp take: one number, or an array?",
)
def math_module(self, input, training=False):
    """Your code calls a function of Python's math, which takes one number, with a whole array.

    NumPy has functions of the same names that take arrays.
    """
    return math.exp(input)


@misconception(
    "ex07/forward",
    "flat in place of a column",
    hint="Print the shapes of the input and of your output. How many axes has a column?",
    by_kind=True,
)
def flat(self, input, training=False):
    """Your output is flat, with the shape (n,). It should be a column, with the shape (n, 1)."""
    self.output = (_powers(input) / np.sum(_powers(input))).ravel()
    return self.output


@misconception(
    "ex07/forward",
    "no return",
    hint="What does a Python method return when it ends without a return statement?",
)
def forward_without_return(self, input, training=False):
    """Your method returns None: it stores the output, but does not return it."""
    self.output = _powers(input) / np.sum(_powers(input))
