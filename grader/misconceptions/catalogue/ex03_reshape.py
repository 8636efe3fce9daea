"""Known mistakes of exercise 3, the reshape layer."""

import numpy as np

from grader.misconceptions import misconception


@misconception(
    "ex03/forward",
    "the first index runs fastest",
    hint="Print a small input and the output for it: which number comes second?",
)
def forward_in_another_order(self, input, training=False):
    """The shape is right, but the numbers are in the wrong order: the first index changes fastest.

    This comes from order="F" or from a transposed array. Use NumPy's default order, in which the
    last index changes fastest.
    """
    return np.reshape(input, self.output_shape, order="F")


@misconception(
    "ex03/forward",
    "flattened, whatever the output shape",
    hint="How many dimensions does your output have, and how many does self.output_shape have?",
)
def flattened(self, input, training=False):
    """Your output is flat: it has only one dimension.

    The shape can be anything, such as a column of shape (n, 1), which is not the same as (n,).
    """
    return input.flatten()


@misconception(
    "ex03/forward",
    "always a column",
    hint="Where does your method use self.output_shape?",
)
def always_a_column(self, input, training=False):
    """Your output is a column even if self.output_shape is a different shape.

    A dense layer needs a column, but this layer should be able to produce any shape.
    """
    return input.reshape(-1, 1)


@misconception(
    "ex03/forward",
    "input returned as it is",
    hint="Does input.reshape(...) change the input, or does it return something?",
)
def input_returned(self, input, training=False):
    """Your output still has the shape of the input.

    The reshape method of an array does not change that array. It returns another array, which your
    code does not use.
    """
    input.reshape(self.output_shape)
    return input


@misconception(
    "ex03/forward",
    "the input's own shape is changed",
    hint="Print input.shape before and after the call. How can you leave it unchanged?",
)
def input_in_place(self, input, training=False):
    """The output is right, but your code changes the shape of the input itself.

    The input is the output of the previous layer, which may still need it as it was.
    """
    input.shape = self.output_shape
    return input


@misconception(
    "ex03/forward",
    "no return",
    hint="What does a Python method return when it ends without a return statement?",
)
def forward_without_return(self, input, training=False):
    """Your method returns None: it makes an array of the new shape, but does not return it."""
    np.reshape(input, self.output_shape)


@misconception(
    "ex03/backward",
    "the first index runs fastest",
    hint="Send an array forward and then backward: do you get back what you started with?",
)
def backward_in_another_order(self, output_gradient, learning_rate):
    """The shape is right, but the numbers are in the wrong order: the first index changes fastest.

    Backward has to undo forward number by number, so both must use the same order.
    """
    return np.reshape(output_gradient, self.input_shape, order="F")


@misconception(
    "ex03/backward",
    "output gradient returned as it is",
    hint="What shape did the input of this layer have? Its gradient has the same shape.",
)
def output_gradient_returned(self, output_gradient, learning_rate):
    """The gradient you return still has the shape of the output.

    There is nothing to compute, but the previous layer needs a gradient in the shape of its own
    output, which is the input shape of this layer.
    """
    return output_gradient


@misconception(
    "ex03/backward",
    "multiplied by the learning rate",
    hint="Does this layer have parameters? If not, what could the learning rate be for?",
)
def scaled(self, output_gradient, learning_rate):
    """Your code multiplies the gradient by the learning rate.

    The learning rate scales the steps of parameters. This layer has no parameters and only passes
    the gradient on.
    """
    return learning_rate * np.reshape(output_gradient, self.input_shape)


@misconception(
    "ex03/backward",
    "the input returned in place of the gradient",
    hint="Which of your arrays comes from the layer after this one?",
)
def input_in_place_of_gradient(self, output_gradient, learning_rate):
    """Your code returns the input of the layer, not the gradient in the input's shape."""
    return np.reshape(self.input, self.input_shape)


@misconception(
    "ex03/backward",
    "the output gradient's own shape is changed",
    hint="Print output_gradient.shape before and after the call. How can you leave it unchanged?",
)
def output_gradient_in_place(self, output_gradient, learning_rate):
    """You return the right gradient, but your code changes the shape of the output gradient itself.

    That array belongs to the next layer. Return another array, and leave this one unchanged.
    """
    output_gradient.shape = self.input_shape
    return output_gradient


@misconception(
    "ex03/backward",
    "no return",
    hint="What does the previous layer get from your method?",
)
def backward_without_return(self, output_gradient, learning_rate):
    """Your method returns None: it makes an array of the input's shape, but does not return it."""
    np.reshape(output_gradient, self.input_shape)


@misconception(
    "ex03/backward",
    "transposed in place of reshaped",
    hint="What does `.T` do to the shape (24, 1)? Which shape do you need?",
)
def transposed(self, output_gradient, learning_rate):
    """Your code transposes the output gradient, which swaps its axes.

    What is needed is the shape of the input, which np.reshape gives.
    """
    return output_gradient.T


@misconception(
    "ex03/backward",
    "flattened, whatever the input shape",
    hint="How many dimensions does your result have, and how many does self.input_shape have?",
)
def backward_flattened(self, output_gradient, learning_rate):
    """Your result is flat, whatever the input of this layer looked like."""
    return output_gradient.flatten()
