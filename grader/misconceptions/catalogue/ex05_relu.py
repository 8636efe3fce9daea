"""Known mistakes of exercise 5: ReLU."""

import numpy as np

from grader.misconceptions import another_way, misconception


def _relu(x):
    return np.maximum(0, x)


def _relu_prime(x):
    return (x > 0).astype(float)


def _set(layer, activation, activation_prime):
    layer.activation, layer.activation_prime = activation, activation_prime


@misconception(
    "ex05/relu", "input overwritten", hint="Whose array is x? How can you make a new one instead?"
)
def relu_in_place(self):
    """Your code sets negative numbers to 0 in the input itself.

    The output is right, but the array belongs to the previous layer, which still needs it.
    """

    def relu(x):
        x[x < 0] = 0
        return x

    _set(self, relu, _relu_prime)


@misconception(
    "ex05/relu", "leaky", hint="What should come out for x = -2? Read the line of the table again."
)
def leaky(self):
    """Your code turns a negative number into a small fraction of it.

    That is the leaky ReLU. This exercise asks for the plain ReLU, which returns exactly 0 there.
    """
    _set(self, lambda x: np.where(x > 0, x, 0.01 * x), lambda x: np.where(x > 0, 1, 0.01))


@misconception(
    "ex05/relu", "absolute value", hint="What should come out for x = -2, and what comes out?"
)
def absolute(self):
    """Your code drops the sign of negative numbers.

    That is the absolute value; ReLU returns 0 for every negative number.
    """
    _set(self, np.abs, np.sign)


@misconception(
    "ex05/relu",
    "cut off at 1",
    hint="What should come out for x = 2? Is there an upper limit in the text?",
)
def cut_off(self):
    """Your code returns 1 for numbers above 1.

    ReLU has no upper limit: it leaves positive numbers as they are.
    """
    _set(self, lambda x: np.clip(x, 0, 1), lambda x: ((x > 0) & (x < 1)).astype(float))


@misconception(
    "ex05/relu",
    "derivative is the function",
    hint="How steep is the line y = x at 0.5, and how steep is it at 2?",
)
def prime_is_relu(self):
    """Your derivative returns ReLU itself, so it grows with x.

    To the right of 0, ReLU is a straight line, whose slope is the same everywhere.
    """
    _set(self, _relu, _relu)


@misconception(
    "ex05/relu",
    "derivative 1 everywhere",
    hint="Draw the function. How steep is it to the left of 0?",
)
def prime_is_one(self):
    """Your derivative is 1 for negative numbers too.

    ReLU is flat there, so none of the gradient should come back.
    """
    _set(self, _relu, np.ones_like)


@misconception(
    "ex05/relu",
    "derivative by the sign",
    hint="What does np.sign return for a negative number, and how steep is ReLU there?",
)
def prime_is_sign(self):
    """Your derivative is -1 for negative numbers. ReLU does not fall there; it is flat."""
    _set(self, _relu, np.sign)


@misconception(
    "ex05/relu",
    "derivative overwrites the input",
    hint="x is the very array that the layer stores. Can you use the result of the comparison itself?",
)
def prime_in_place(self):
    """Your derivative is right, but your code writes its zeros and ones into the input.

    Then the input is lost, and the previous layer may still need it.
    """

    def relu_prime(x):
        x[x > 0] = 1
        x[x <= 0] = 0
        return x

    _set(self, _relu, relu_prime)


@misconception(
    "ex05/relu",
    "one decision for a whole array",
    hint="Which NumPy function takes the larger of two values, number by number?",
)
def one_decision(self):
    """Your code decides once for a whole array, as max(0, x) and `if x > 0` do.

    Each number needs a decision of its own. NumPy has functions that work number by number.
    """
    _set(self, lambda x: max(0, x), lambda x: 1 if x > 0 else 0)


@another_way(one_decision)
def one_decision_in_prime(self):
    _set(self, _relu, lambda x: 1 if x > 0 else 0)


@misconception(
    "ex05/relu",
    "largest number of the array",
    hint="np.max and np.maximum differ. Which one compares two values with each other?",
)
def largest(self):
    """Your code calls np.max, which looks for the largest number in one array.

    ReLU compares each number with 0: that takes a function of two values.
    """
    _set(self, lambda x: np.max(0, x), _relu_prime)


@another_way(largest)
def largest_along_an_axis(self):
    _set(self, lambda x: np.max(x, 0), _relu_prime)


@misconception(
    "ex05/relu",
    "minimum in place of maximum",
    hint="What should come out for x = 2 and for x = -2?",
)
def minimum(self):
    """Your code keeps the negative numbers and sets the positive ones to 0."""
    _set(self, lambda x: np.minimum(0, x), _relu_prime)


@misconception(
    "ex05/relu",
    "derivative the wrong way round",
    hint="On which side of 0 is the function flat?",
)
def prime_turned(self):
    """Your derivative is 1 for negative numbers and 0 for positive ones; it should be the reverse."""
    _set(self, _relu, lambda x: (x < 0).astype(float))


@misconception(
    "ex05/relu",
    "a step in place of a ramp",
    hint="What should come out for x = 2? The comparison x > 0 gives True, that is, 1.",
)
def step(self):
    """Your function returns only whether x is positive, 1 or 0. That is its derivative.

    ReLU itself returns x where x is positive.
    """
    _set(self, _relu_prime, _relu_prime)


@another_way(step)
def comparison(self):
    _set(self, lambda x: x > 0, _relu_prime)
