"""Known mistakes of exercise 7, softmax."""

import numpy as np

from grader.misconceptions import misconception


def _powers(x):
    return np.exp(x - np.max(x))


def _jacobian(y):
    return np.diag(y.ravel()) - np.outer(y, y)


@misconception(
    "ex07/forward",
    "no maximum subtracted",
    hint="How large is exp(1000)? What may be subtracted from all numbers without any effect?",
)
def no_maximum(self, input, training=False):
    """The powers are taken of the input as it is.

    For ordinary numbers that is right, but exp(1000) is infinite on a computer, and infinity over
    infinity is nan.
    """
    self.output = np.exp(input) / np.sum(np.exp(input))
    return self.output


@misconception(
    "ex07/forward",
    "sum along the wrong axis",
    hint="What is the shape of your sum? In a column, which axis has only one number in it?",
)
def all_ones(self, input, training=False):
    """Every output is 1: each power is divided by itself.

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
    """All outputs are the same, 1/n: each number had itself subtracted.

    The maximum is taken along an axis that has only one number.
    """
    powers = np.exp(input - np.max(input, axis=1, keepdims=True))
    self.output = powers / np.sum(powers)
    return self.output


@misconception(
    "ex07/forward",
    "not divided by the sum",
    hint="What should the outputs of one column add up to, and what do yours?",
)
def not_divided(self, input, training=False):
    """The largest output is 1, so together they are more than 1.

    These are the powers; probabilities have to add up to 1.
    """
    self.output = _powers(input)
    return self.output


@misconception(
    "ex07/forward",
    "no powers of e",
    hint="What happens to negative numbers in your code? Can they be probabilities?",
)
def no_powers(self, input, training=False):
    """The numbers themselves are divided by their sum.

    They may be negative, and their sum may be 0: first each has to become a power of e.
    """
    self.output = input / np.sum(input)
    return self.output


@misconception(
    "ex07/forward",
    "sigmoid in place of softmax",
    hint="If one input grows, what should happen to the *other* outputs?",
)
def sigmoid(self, input, training=False):
    """Each number is turned into a probability on its own, by the sigmoid.

    Softmax shares out one probability among all of them, so that they add up to 1.
    """
    self.output = 1 / (1 + np.exp(-input))
    return self.output


@misconception(
    "ex07/forward",
    "logarithm of softmax",
    hint="Can a probability be negative? Where is the fraction of the formula?",
)
def logarithm(self, input, training=False):
    """The outputs are the logarithms of the probabilities.

    Some libraries want those; here the loss takes the logarithm itself.
    """
    shifted = input - np.max(input)
    self.output = shifted - np.log(np.sum(np.exp(shifted)))
    return self.output


@misconception(
    "ex07/forward",
    "input overwritten",
    hint="What is the difference between `a -= b` and `a = a - b` for the one who handed you `a`?",
)
def input_overwritten(self, input, training=False):
    """The maximum is subtracted in the input itself.

    The output is right, but the array belongs to the layer before, which still needs it.
    """
    input -= np.max(input)
    self.output = np.exp(input) / np.sum(np.exp(input))
    return self.output


@misconception(
    "ex07/forward",
    "input clipped",
    hint="After clipping, are 1000 and 999 still different? What shift keeps the difference?",
)
def input_clipped(self, input, training=False):
    """Nothing overflows, because large numbers are cut off first.

    But two large numbers become equal by that, and so do their probabilities.
    """
    powers = np.exp(np.clip(input, -500, 500))
    self.output = powers / np.sum(powers)
    return self.output


@misconception(
    "ex07/forward",
    "output not kept",
    hint="Backward gets only a gradient. From what does it make the derivatives?",
)
def not_kept(self, input, training=False):
    """The output is right, but it is not remembered, and backward needs it."""
    return _powers(input) / np.sum(_powers(input))


@misconception(
    "ex07/backward",
    "gradient passed through",
    hint="Where in your code are the derivatives of softmax?",
)
def passed_through(self, output_gradient, learning_rate):
    """The output gradient is returned as it came.

    It would be so if the derivative of softmax were already in the loss; here it is not.
    """
    return output_gradient


@misconception(
    "ex07/backward",
    "diagonal only",
    hint="If x_1 grows, does y_2 stay as it is? And over what does your sum run?",
)
def diagonal(self, output_gradient, learning_rate):
    """Each input is treated as if it entered its own output alone: the factor is y (1 - y).

    That is the diagonal of the matrix. Each input enters all the outputs, through the sum. (A sum along
    an axis with one number gives the same.)
    """
    return output_gradient * self.output * (1 - self.output)


@misconception(
    "ex07/backward",
    "sum left out",
    hint="The formula has two terms in its bracket. What should come out if all gradients are equal?",
)
def no_sum(self, output_gradient, learning_rate):
    """The output gradient is multiplied by the output, and that is all.

    The second term is missing: growing one input makes all the other outputs smaller.
    """
    return self.output * output_gradient


@misconception(
    "ex07/backward",
    "sign of the other terms",
    hint="If one input grows, do the other outputs grow or shrink?",
)
def plus(self, output_gradient, learning_rate):
    """The second term is added, where it should be subtracted.

    The outputs share out one probability: what one gains, the others lose.
    """
    return self.output * (output_gradient + np.sum(output_gradient * self.output))


@misconception(
    "ex07/backward", "wrong sign", hint="In which order does the difference stand in the formula?"
)
def turned(self, output_gradient, learning_rate):
    """All is right but for the sign: the difference is taken the wrong way round."""
    return self.output * (np.sum(output_gradient * self.output) - output_gradient)


@misconception(
    "ex07/backward",
    "sum not weighted",
    hint="What stands under the sum sign, besides the gradient?",
)
def plain_sum(self, output_gradient, learning_rate):
    """The gradients are added up as they are.

    In the sum, each has to be multiplied by its output.
    """
    return self.output * (output_gradient - np.sum(output_gradient))


@misconception(
    "ex07/backward",
    "factor before the bracket missing",
    hint="How much should come back for an input whose probability is almost 0?",
)
def no_factor(self, output_gradient, learning_rate):
    """The bracket is right, but its factor, the output, is missing."""
    return output_gradient - np.sum(output_gradient * self.output)


@misconception(
    "ex07/backward",
    "output gradient ignored",
    hint="If the output gradient were twice as large, what should happen to your answer?",
)
def gradient_ignored(self, output_gradient, learning_rate):
    """What is returned depends on the output alone: y (1 - y).

    By the chain rule, the output gradient is multiplied by the matrix of derivatives.
    """
    return self.output * (1 - self.output)


@misconception(
    "ex07/backward",
    "output minus gradient",
    hint="Backward does not get the target. What does its argument hold?",
)
def output_minus_gradient(self, output_gradient, learning_rate):
    """The gradient is subtracted from the output, as if it were the target in p - y.

    What comes in is the derivative of the loss, and p - y is a short cut for softmax and loss in one.
    """
    return self.output - output_gradient


@misconception(
    "ex07/backward",
    "matrix of derivatives returned",
    hint="Which shape has the input, and which has your answer? What is still to be done?",
)
def jacobian_returned(self, output_gradient, learning_rate):
    """The matrix of derivatives is there, but it is not multiplied by the output gradient."""
    return _jacobian(self.output)


@misconception(
    "ex07/backward",
    "product element by element",
    hint="What does `*` do with a matrix and a column, and which operator adds up along the rows?",
)
def elementwise(self, output_gradient, learning_rate):
    """The matrix of derivatives is multiplied by the gradient element by element.

    What is wanted is the product of a matrix and a column, which is a column.
    """
    return _jacobian(self.output) * output_gradient


@misconception(
    "ex07/backward",
    "learning rate multiplied in",
    hint="What does the learning rate decide, and does this layer have anything of that kind?",
)
def learning_rate_enters(self, output_gradient, learning_rate):
    """The returned gradient is the right one times the learning rate.

    The learning rate scales the updates of parameters, and there are none here.
    """
    return learning_rate * _jacobian(self.output) @ output_gradient


@misconception(
    "ex07/backward",
    "output gradient overwritten",
    hint="What is the difference between `a -= b` and `a = a - b` for the one who handed you `a`?",
)
def gradient_overwritten(self, output_gradient, learning_rate):
    """The answer is right, but the array that came in is changed on the way.

    It is not this layer's own, and a second backward with it gives something else.
    """
    output_gradient -= np.sum(output_gradient * self.output)
    return self.output * output_gradient
