"""Known mistakes of exercise 3, the reshape layer."""

import numpy as np

from grader.misconceptions import misconception


@misconception(
    "ex03/forward",
    "the first index runs fastest",
    hint="Print a small input and what becomes of it: which number comes second?",
)
def forward_in_another_order(self, input, training=False):
    """The shape is right, but the numbers are read in another order: down the first index first.

    That is what order="F" or a transposed array gives. NumPy's own order, in which the last index
    runs fastest, is the one that is meant.
    """
    return np.reshape(input, self.output_shape, order="F")


@misconception(
    "ex03/forward",
    "flattened, whatever the output shape",
    hint="How many dimensions has your output, and how many has self.output_shape?",
)
def flattened(self, input, training=False):
    """The output is flat: an array of one dimension.

    The output shape may be any, such as a column of shape (n, 1), which is not the same as (n,).
    """
    return input.flatten()


@misconception(
    "ex03/forward",
    "always a column",
    hint="Where in your method does self.output_shape come in?",
)
def always_a_column(self, input, training=False):
    """The output is a column, even where another shape is asked for.

    A column is what a dense layer wants, but this layer can give its input any shape.
    """
    return input.reshape(-1, 1)


@misconception(
    "ex03/forward",
    "input returned as it is",
    hint="Does input.reshape(...) change the input, or does it give something back?",
)
def input_returned(self, input, training=False):
    """The output still has the shape of the input.

    An array's reshape leaves the array alone, and returns another one, which got lost here.
    """
    input.reshape(self.output_shape)
    return input


@misconception(
    "ex03/forward",
    "the input's own shape is changed",
    hint="Print input.shape before and after the call. Is there a way that leaves it alone?",
)
def input_in_place(self, input, training=False):
    """The output is right, but the input itself has got another shape.

    The input is the output of the layer before, which may still need it as it was.
    """
    input.shape = self.output_shape
    return input


@misconception(
    "ex03/forward",
    "no return",
    hint="What does a Python method give back when it ends without a return statement?",
)
def forward_without_return(self, input, training=False):
    """The method gives None back: it makes an array of the new shape, but does not return it."""
    np.reshape(input, self.output_shape)


@misconception(
    "ex03/backward",
    "the first index runs fastest",
    hint="Send an array forward and back again: do you get what you have started with?",
)
def backward_in_another_order(self, output_gradient, learning_rate):
    """The shape is right, but the numbers are read in another order: down the first index first.

    The way back has to undo the way there, number for number, so the order must be the same one.
    """
    return np.reshape(output_gradient, self.input_shape, order="F")


@misconception(
    "ex03/backward",
    "output gradient returned as it is",
    hint="What shape had the input of this layer? The gradient for it has the same.",
)
def output_gradient_returned(self, output_gradient, learning_rate):
    """The returned gradient still has the shape of the output.

    There is nothing to compute here, but the layer before needs a gradient of its output's shape,
    which is this layer's input shape.
    """
    return output_gradient


@misconception(
    "ex03/backward",
    "multiplied by the learning rate",
    hint="What does this layer learn? Then what could the learning rate be for?",
)
def scaled(self, output_gradient, learning_rate):
    """The returned gradient has been multiplied by the learning rate.

    The learning rate is for the steps of parameters. This layer has none, and only passes on.
    """
    return learning_rate * np.reshape(output_gradient, self.input_shape)


@misconception(
    "ex03/backward",
    "the input returned in place of the gradient",
    hint="Which of your arrays comes from the layer after this one?",
)
def input_in_place_of_gradient(self, output_gradient, learning_rate):
    """What comes back is the input of the layer, not the gradient in the input's shape."""
    return np.reshape(self.input, self.input_shape)


@misconception(
    "ex03/backward",
    "the output gradient's own shape is changed",
    hint="Print output_gradient.shape before and after the call. Can it be left alone?",
)
def output_gradient_in_place(self, output_gradient, learning_rate):
    """The returned gradient is right, but the output gradient itself has got another shape.

    It belongs to the next layer. Return another array, and leave this one alone.
    """
    output_gradient.shape = self.input_shape
    return output_gradient


@misconception(
    "ex03/backward",
    "no return",
    hint="What does the layer before this one get from you?",
)
def backward_without_return(self, output_gradient, learning_rate):
    """The method gives None back: it makes an array of the input's shape, but does not return it."""
    np.reshape(output_gradient, self.input_shape)
