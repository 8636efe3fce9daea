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
    hint="How large is exp(1000)? What can you subtract from all numbers without any effect?",
)
def no_maximum(self, input, training=False):
    """Your code raises e to the power of the input as it is.

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
    "ex07/backward",
    "gradient passed through",
    hint="Where in your code are the derivatives of softmax?",
)
def passed_through(self, output_gradient, learning_rate):
    """Your code returns the output gradient unchanged.

    That would be right if the loss already contained the derivative of softmax, but it does not.
    """
    return output_gradient


@misconception(
    "ex07/backward",
    "diagonal only",
    hint="If x_1 grows, does y_2 stay the same? And what does your sum run over?",
)
def diagonal(self, output_gradient, learning_rate):
    """Your code treats each input as if it entered only its own output: its factor is y (1 - y).

    That is only the diagonal of the matrix. Each input enters all the outputs, through the sum. (A sum
    along an axis with only one number has the same effect.)
    """
    return output_gradient * self.output * (1 - self.output)


@misconception(
    "ex07/backward",
    "sum left out",
    hint="The bracket in the formula has two terms. What should you get if all gradients are equal?",
)
def no_sum(self, output_gradient, learning_rate):
    """Your code only multiplies the output gradient by the output.

    The second term is missing: if one input grows, all the other outputs shrink.
    """
    return self.output * output_gradient


@misconception(
    "ex07/backward",
    "sign of the other terms",
    hint="If one input grows, do the other outputs grow or shrink?",
)
def plus(self, output_gradient, learning_rate):
    """Your code adds the second term instead of subtracting it.

    The outputs always add up to 1: what one gains, the others lose.
    """
    return self.output * (output_gradient + np.sum(output_gradient * self.output))


@misconception(
    "ex07/backward", "wrong sign", hint="In the formula, which term is subtracted from which?"
)
def turned(self, output_gradient, learning_rate):
    """Only the sign is wrong: your code takes the difference the wrong way round."""
    return self.output * (np.sum(output_gradient * self.output) - output_gradient)


@misconception(
    "ex07/backward",
    "sum not weighted",
    hint="What else does the formula sum, besides the gradient?",
)
def plain_sum(self, output_gradient, learning_rate):
    """Your code adds up the gradients as they are.

    In the sum, multiply each gradient by its output.
    """
    return self.output * (output_gradient - np.sum(output_gradient))


@misconception(
    "ex07/backward",
    "factor before the bracket missing",
    hint="How large should the gradient be for an input whose probability is almost 0?",
)
def no_factor(self, output_gradient, learning_rate):
    """Your bracket is right, but the factor before it, the output, is missing."""
    return output_gradient - np.sum(output_gradient * self.output)


@misconception(
    "ex07/backward",
    "output gradient ignored",
    hint="If the output gradient were twice as large, what should happen to your result?",
)
def gradient_ignored(self, output_gradient, learning_rate):
    """Your result depends only on the output: y (1 - y).

    By the chain rule, multiply the matrix of derivatives by the output gradient.
    """
    return self.output * (1 - self.output)


@misconception(
    "ex07/backward",
    "output minus gradient",
    hint="Backward does not get the target. What does its argument contain?",
)
def output_minus_gradient(self, output_gradient, learning_rate):
    """Your code subtracts the gradient from the output, as if it were the target in p - y.

    The argument is the derivative of the loss. p - y is a shortcut for softmax and loss combined.
    """
    return self.output - output_gradient


@misconception(
    "ex07/backward",
    "matrix of derivatives returned",
    hint="What shape does the input have, and what shape does your result have? What is missing?",
)
def jacobian_returned(self, output_gradient, learning_rate):
    """Your code returns the matrix of derivatives without multiplying it by the output gradient."""
    return _jacobian(self.output)


@misconception(
    "ex07/backward",
    "product element by element",
    hint="What does `*` do with a matrix and a column, and which operator adds up along the rows?",
)
def elementwise(self, output_gradient, learning_rate):
    """Your code multiplies the matrix of derivatives by the gradient element by element.

    You need the product of a matrix and a column, which is a column.
    """
    return _jacobian(self.output) * output_gradient


@misconception(
    "ex07/backward",
    "learning rate multiplied in",
    hint="What does the learning rate scale, and does this layer have anything of that kind?",
)
def learning_rate_enters(self, output_gradient, learning_rate):
    """The gradient you return is the right one times the learning rate.

    The learning rate only scales the updates of parameters, and this layer has none.
    """
    return learning_rate * _jacobian(self.output) @ output_gradient


@misconception(
    "ex07/backward",
    "output gradient overwritten",
    hint="What is the difference between `a -= b` and `a = a - b` for the caller who passed you `a`?",
)
def gradient_overwritten(self, output_gradient, learning_rate):
    """The result is right, but your code modifies the output gradient in place.

    That array does not belong to this layer, and calling backward with it again gives another result.
    """
    output_gradient -= np.sum(output_gradient * self.output)
    return self.output * output_gradient
