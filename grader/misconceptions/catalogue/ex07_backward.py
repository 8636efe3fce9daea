"""Known mistakes of exercise 7: the backward pass of softmax."""

import numpy as np

from grader.misconceptions import misconception


def _jacobian(y):
    return np.diag(y.ravel()) - np.outer(y, y)


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


@misconception(
    "ex07/backward",
    "np.diag of a column",
    hint="Print np.diag(y) for a column y of shape (3, 1), and then for y.ravel().",
)
def diag_of_a_column(self, output_gradient, learning_rate):
    """Your code calls np.diag with a column, which returns the diagonal of that column: one number.

    Only a flat array becomes a matrix with its numbers on the diagonal.
    """
    return (np.diag(self.output) - self.output @ self.output.T) @ output_gradient


@misconception(
    "ex07/backward",
    "inner product in place of the outer one",
    hint="Print the shapes of y @ y.T and of y.T @ y. Which is a matrix?",
)
def inner_product(self, output_gradient, learning_rate):
    """Your code subtracts the number y.T @ y; it should subtract the matrix y @ y.T."""
    return (np.diagflat(self.output) - self.output.T @ self.output) @ output_gradient


@misconception(
    "ex07/backward",
    "factors of a product mixed up",
    hint="The matrix is (n, n), and G and Y are (n, 1). Which products of two of them exist?",
)
def wrong_order(self, output_gradient, learning_rate):
    """The factors of a matrix product do not fit: their order is wrong, or a transpose is missing.

    In a product, the first factor must have as many columns as the second has rows.
    """
    return output_gradient @ _jacobian(self.output)


@misconception(
    "ex07/backward",
    "a row in place of a column",
    hint="Which factor comes first in the product of matrix and gradient?",
    by_kind=True,
)
def row(self, output_gradient, learning_rate):
    """The gradient you return is a row, (1, n). It should be a column, as the input was."""
    return output_gradient.T @ _jacobian(self.output)


@misconception(
    "ex07/backward",
    "flat in place of a column",
    hint="What shape did the input have? Its gradient has the same shape.",
    by_kind=True,
)
def backward_flat(self, output_gradient, learning_rate):
    """The gradient you return is flat, with the shape (n,). It should be a column, as the input was."""
    return (_jacobian(self.output) @ output_gradient).ravel()


@misconception(
    "ex07/backward",
    "matrix without its diagonal",
    hint="The matrix has two terms. What stands on the diagonal of the first?",
)
def no_diagonal(self, output_gradient, learning_rate):
    """Your matrix is only -Y Yᵀ: the first term, with Y on its diagonal, is missing."""
    return -self.output * np.sum(output_gradient * self.output)


@misconception(
    "ex07/backward", "no return", hint="What does the previous layer get from your method?"
)
def backward_without_return(self, output_gradient, learning_rate):
    """Your method returns None: it computes the gradient, but does not return it."""
