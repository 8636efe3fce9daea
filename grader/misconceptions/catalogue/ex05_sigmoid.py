"""Known mistakes of exercise 5: the sigmoid."""

import math

import numpy as np

from grader.misconceptions import misconception


def _sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def _sigmoid_prime(x):
    return _sigmoid(x) * (1 - _sigmoid(x))


def _set(layer, activation, activation_prime):
    layer.activation, layer.activation_prime = activation, activation_prime


@misconception(
    "ex05/sigmoid",
    "overflow for very negative input",
    hint="How large is exp(-x) at x = -1000? The text has a second form of the same fraction.",
)
def overflow(self):
    """Your code computes the textbook formula, 1 / (1 + exp(-x)).

    The numbers are right, but for very negative x the power overflows.
    """

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    _set(self, sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))


@misconception(
    "ex05/sigmoid",
    "nan for very large input",
    hint="What does NumPy return for exp(1000) and exp(1000) / exp(1000)? Which form is safe there?",
)
def nan_when_large(self):
    """Your code computes exp(x) / (1 + exp(x)), which is infinity over infinity for large x.

    This form is safe for negative x; positive x needs the other.
    """

    def sigmoid(x):
        return np.exp(x) / (1 + np.exp(x))

    _set(self, sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))


@misconception(
    "ex05/sigmoid", "sign of x turned", hint="Should the curve rise or fall? Try it at 5 and at -5."
)
def turned(self):
    """Your curve falls where it should rise: x has the wrong sign, or the two cases are swapped."""
    _set(self, lambda x: _sigmoid(-x), _sigmoid_prime)


@misconception(
    "ex05/sigmoid",
    "results cut to whole numbers",
    hint="np.zeros_like creates an array of the same data type. What if x contains integers?",
)
def whole_numbers(self):
    """For an input of type int, your results lose everything after the decimal point.

    Your code stores them in an array of the input's data type, which cannot hold 0.73.
    """

    def sigmoid(x):
        output = np.zeros_like(x)
        output[...] = _sigmoid(x)
        return output

    _set(self, sigmoid, _sigmoid_prime)


@misconception(
    "ex05/sigmoid",
    "derivative is the function",
    hint="Where is the curve steepest: in the middle, or far to the right?",
)
def prime_is_sigmoid(self):
    """Your derivative returns sigmoid(x), which approaches 1 far to the right.

    The curve is flat there. The factor that brings the derivative down to 0 is missing.
    """
    _set(self, _sigmoid, _sigmoid)


@misconception(
    "ex05/sigmoid",
    "derivative with the wrong sign",
    hint="Does the curve rise or fall? What does that say about the sign of its derivative?",
)
def prime_sign(self):
    """Your derivative is right except for its sign.

    The derivative of a curve that rises everywhere is never negative.
    """
    _set(self, _sigmoid, lambda x: _sigmoid(x) * (_sigmoid(x) - 1))


@misconception(
    "ex05/sigmoid",
    "x in place of sigmoid(x) in the derivative",
    hint="Which values can the two factors have? What is 1 - x for x = 3?",
)
def prime_of_output(self):
    """Your derivative returns x (1 - x), which is right only if x is the output of the sigmoid.

    Here x is the input, so apply the sigmoid first.
    """
    _set(self, _sigmoid, lambda x: x * (1 - x))


@misconception(
    "ex05/sigmoid",
    "derivative by the formula of tanh",
    hint="The table in the text has one line for each function. At x = 0 your result should be 1/4.",
)
def prime_of_tanh(self):
    """Your derivative returns 1 minus the square, which is the formula for tanh."""
    _set(self, _sigmoid, lambda x: 1 - _sigmoid(x) ** 2)


@misconception(
    "ex05/sigmoid",
    "derivative overflows",
    hint="You have a safe sigmoid. Can you write the derivative using only its value?",
)
def prime_overflow(self):
    """Your function is safe, but your derivative uses exp(-x) again.

    For very negative x that gives infinity over infinity, which is nan.
    """
    _set(self, _sigmoid, lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2)


@misconception(
    "ex05/sigmoid",
    "np.where computes both forms",
    hint="np.where gets two finished arrays. What power is the same in both forms, and never above 1?",
)
def both_forms(self):
    """Your code picks the safe form for each number, but computes the other form for it as well.

    np.where gets both results for all numbers, so each form overflows where the other is used. Write
    both with exp(-|x|).
    """

    def sigmoid(x):
        return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))

    _set(self, sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))


@misconception(
    "ex05/sigmoid",
    "clipped too early",
    hint="What should come out at -1000, to six decimal places? At which x is that reached?",
)
def clipped(self):
    """Your code clips x to so small a range that the ends of the curve are not 0 and 1.

    Nothing overflows below 700, so there is no need to clip at 10.
    """

    def sigmoid(x):
        return 1 / (1 + np.exp(-np.clip(x, -10, 10)))

    _set(self, sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))


@misconception(
    "ex05/sigmoid",
    "math in place of NumPy",
    hint="What does math.exp take: one number, or an array?",
)
def math_module(self):
    """Your code calls a function of Python's math, which takes one number, with a whole array.

    NumPy has functions of the same names that take arrays.
    """
    _set(self, math.exp, math.exp)


@misconception(
    "ex05/sigmoid",
    "one decision for a whole array",
    hint="Which NumPy function chooses between two arrays, number by number?",
)
def one_decision(self):
    """Your code asks `if x >= 0` of a whole array, which has no single answer.

    Each number needs a decision of its own.
    """
    _set(self, lambda x: _sigmoid(x) if x >= 0 else 1 - _sigmoid(-x), _sigmoid_prime)


@misconception(
    "ex05/sigmoid",
    "derivative with a plus",
    hint="Compare your formula with the table. Where is the curve flat?",
)
def prime_plus(self):
    """Your derivative is sigmoid (1 + sigmoid): it has a plus where there should be a minus."""
    _set(self, _sigmoid, lambda x: _sigmoid(x) * (1 + _sigmoid(x)))


@misconception(
    "ex05/sigmoid",
    "derivative with one factor only",
    hint="The table has a product of two factors. Which of them do you have?",
)
def prime_one_factor(self):
    """Your derivative is 1 - sigmoid(x): the factor sigmoid(x) is missing."""
    _set(self, _sigmoid, lambda x: 1 - _sigmoid(x))
