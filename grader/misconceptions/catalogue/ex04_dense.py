"""Known mistakes of exercise 4, the dense layer."""

import numpy as np

from grader.misconceptions import misconception


def _step(layer, output_gradient, learning_rate):
    """Take the right step."""
    layer.weights = layer.weights - learning_rate * output_gradient @ layer.input.T
    layer.bias = layer.bias - learning_rate * output_gradient


def _backward(layer, output_gradient, learning_rate):
    """Take the step, and return the input gradient."""
    input_gradient = layer.weights.T @ output_gradient
    _step(layer, output_gradient, learning_rate)
    return input_gradient


def _with_bias_step(layer, output_gradient, learning_rate, bias_step):
    """Do everything right but for the bias, which moves by a step of its own."""
    bias = layer.bias - bias_step
    input_gradient = _backward(layer, output_gradient, learning_rate)
    layer.bias = bias
    return input_gradient


@misconception(
    "ex04/initialisation",
    "standard normal, not scaled",
    hint="How large is a sum of n such numbers? By what do you have to multiply them?",
)
def not_scaled(input_size, output_size):
    """The weights are standard normal numbers, with the standard deviation 1.

    That is too much: the more inputs, the larger the sums, and they grow from layer to layer.
    """
    return np.random.randn(output_size, input_size)


@misconception(
    "ex04/initialisation",
    "Xavier in place of He",
    hint="How much of a signal is left behind ReLU, which sets about half of the numbers to 0?",
)
def xavier(input_size, output_size):
    """The standard deviation is about sqrt(1 / n), as in Xavier Glorot's initialisation.

    He's is larger, sqrt(2 / n), to make up for the half of the signal that ReLU takes away.
    """
    return np.random.randn(output_size, input_size) * np.sqrt(1 / input_size)


@misconception(
    "ex04/initialisation",
    "scaled by the number of outputs",
    hint="How many terms are there in the sum that makes one output?",
)
def fan_out(input_size, output_size):
    """The standard deviation depends on the number of outputs.

    Each output is a sum over the inputs, so it is their number that says how large the sum gets.
    """
    return np.random.randn(output_size, input_size) * np.sqrt(2 / output_size)


@misconception(
    "ex04/initialisation",
    "variance in place of standard deviation",
    hint="If numbers are multiplied by c, by what is their variance multiplied?",
)
def variance(input_size, output_size):
    """The numbers have been multiplied by 2 / n, which is the variance that they should have.

    What they are multiplied by becomes their standard deviation, the root of the variance.
    """
    return np.random.randn(output_size, input_size) * 2 / input_size


@misconception(
    "ex04/initialisation",
    "a fixed small factor",
    hint="Compare layers of 10 and of 1000 inputs: should both start with weights as large?",
)
def small(input_size, output_size):
    """The weights have been multiplied by 0.01, however many inputs there are.

    In a network of some layers such weights make the signal die away.
    """
    return np.random.randn(output_size, input_size) * 0.01


@misconception(
    "ex04/initialisation",
    "uniform in place of normal",
    hint="What is the difference between np.random.rand and np.random.randn?",
)
def uniform(input_size, output_size):
    """The weights come from numbers between 0 and 1, all equally likely, times sqrt(2 / n).

    So none is negative, their mean is not 0, and they spread too little. Normal numbers are meant.
    """
    return np.random.rand(output_size, input_size) * np.sqrt(2 / input_size)


@misconception(
    "ex04/initialisation",
    "inputs and outputs mixed up",
    hint="Weights times input gives the output. Which of the two sizes is the number of rows?",
)
def transposed(input_size, output_size):
    """The weights have a row for each input; they should have one for each output."""
    return np.random.randn(input_size, output_size) * np.sqrt(2 / input_size)


@misconception(
    "ex04/initialisation",
    "the same weights every time",
    hint="Make two layers of the same size, and print their weights.",
)
def same_every_time(input_size, output_size):
    """Every new layer starts with the very same weights.

    Either they are not random at all (ones or zeros, say), or a seed is set before they are drawn.
    What starts equal learns the same, and a layer of equal outputs is no better than one output.
    """
    return np.ones((output_size, input_size))


@misconception(
    "ex04/forward",
    "bias forgotten",
    hint="Compare your line with the formula in the text: how many terms has each?",
)
def no_bias(self, input, training=False):
    """The output is the product of weights and input alone: the bias is missing."""
    self.input, self.output = input, self.weights @ input
    return self.output


@misconception(
    "ex04/forward",
    "a row plus a column",
    hint="Print the shapes of the product and of the bias before you add them.",
)
def row_plus_column(self, input, training=False):
    """The output is a square: the product is a row or flat, but the bias is a column.

    NumPy adds each number of the one to each of the other. Both have to be columns.
    """
    self.input, self.output = input, self.weights.dot(input.ravel()) + self.bias
    return self.output


@misconception(
    "ex04/forward",
    "the output is added to the bias",
    hint="Print layer.bias before and after the call. Which line changes it?",
)
def bias_in_place(self, input, training=False):
    """The first output is right, but it has been added up in the array that holds the bias.

    So the bias has changed, and the next output will be wrong.
    """
    self.input, self.output = input, self.bias
    self.output += self.weights @ input
    return self.output


@misconception(
    "ex04/forward",
    "no return",
    hint="What does a Python method give back when it ends without a return statement?",
)
def forward_without_return(self, input, training=False):
    """The method gives None back: it keeps the output, but does not return it."""
    self.input, self.output = input, self.weights @ input + self.bias


@misconception(
    "ex04/forward",
    "input not kept",
    hint="The gradient of the weights contains the input. Where does backward get it from?",
)
def input_not_kept(self, input, training=False):
    """The output is right, but the input is forgotten, and backward cannot do without it."""
    self.output = self.weights @ input + self.bias
    return self.output


@misconception(
    "ex04/backward",
    "input gradient after the update",
    hint="Which weights made the output: the ones before the step, or the ones after it?",
)
def input_gradient_after_the_update(self, output_gradient, learning_rate):
    """The input gradient has been computed with weights that had already moved.

    The gradient belongs to the weights that made the output, so the step has to come last.
    """
    _step(self, output_gradient, learning_rate)
    return self.weights.T @ output_gradient


@misconception(
    "ex04/backward",
    "input gradient as a row",
    hint="What shape had the input? The gradient for it has the same.",
)
def row(self, output_gradient, learning_rate):
    """The returned gradient has the right numbers, but lies on its side: it is a row.

    The layer before expects a gradient of the shape of its own output, which is a column.
    """
    return _backward(self, output_gradient, learning_rate).T


@misconception(
    "ex04/backward",
    "input gradient times the learning rate",
    hint="What is the learning rate for: for the parameters' steps, or for what is passed on?",
)
def scaled(self, output_gradient, learning_rate):
    """The returned gradient has been multiplied by the learning rate.

    That belongs to the steps of weights and bias. What goes to the layer before is the gradient
    itself, or it would shrink with every layer.
    """
    return learning_rate * _backward(self, output_gradient, learning_rate)


@misconception(
    "ex04/backward",
    "output gradient returned",
    hint="Through what did each input get into the outputs? Its gradient comes back the same way.",
)
def output_gradient_returned(self, output_gradient, learning_rate):
    """What comes back is the output gradient, just as it came in.

    The layer before needs the gradient with respect to the input, which has gone through weights.
    """
    _step(self, output_gradient, learning_rate)
    return output_gradient


@misconception(
    "ex04/backward",
    "weights gradient returned",
    hint="Which of the gradients does the layer before need? What shape does it have?",
)
def weights_gradient_returned(self, output_gradient, learning_rate):
    """What comes back is the gradient of the weights; the layer before needs that of the input."""
    _step(self, output_gradient, learning_rate)
    return output_gradient @ self.input.T


@misconception(
    "ex04/backward", "no return", hint="What does the layer before this one get from you?"
)
def backward_without_return(self, output_gradient, learning_rate):
    """The method gives None back: it learns, but does not return the input gradient."""
    _step(self, output_gradient, learning_rate)


@misconception(
    "ex04/backward",
    "learning rate left out",
    hint="Which arguments has backward, and where do you use each of them?",
)
def no_learning_rate(self, output_gradient, learning_rate):
    """The step is the whole gradient: it has not been multiplied by the learning rate."""
    return _backward(self, output_gradient, 1)


@misconception(
    "ex04/backward",
    "learning rate multiplied in twice",
    hint="Follow the learning rate through your lines: how often does it get into one step?",
)
def learning_rate_squared(self, output_gradient, learning_rate):
    """The step is too small: the gradient has been multiplied by the learning rate twice."""
    return _backward(self, output_gradient, learning_rate**2)


@misconception(
    "ex04/backward",
    "a step uphill",
    hint="Should the error get larger or smaller by the step? In which direction does it grow?",
)
def uphill(self, output_gradient, learning_rate):
    """The step goes along the gradient, where the error grows; descent goes against it."""
    return _backward(self, output_gradient, -learning_rate)


@misconception(
    "ex04/backward",
    "two steps in place of one",
    hint="Mark every line that changes a parameter. How often is each of them run in one call?",
)
def two_steps(self, output_gradient, learning_rate):
    """The step has been taken twice: the parameter has moved twice as far as it should."""
    return _backward(self, output_gradient, 2 * learning_rate)


@misconception(
    "ex04/backward",
    "parameters do not move",
    hint="How would the layer learn? Print weights and bias before and after the call.",
)
def no_step(self, output_gradient, learning_rate):
    """After the call a parameter is just as it was before: there has been no step for it."""
    return _backward(self, output_gradient, 0)


@misconception(
    "ex04/backward",
    "bias moved by a sum",
    hint="How many outputs does one bias enter? What is its gradient, then?",
)
def bias_by_sum(self, output_gradient, learning_rate):
    """All biases move by the same amount, the sum of the whole output gradient.

    Each bias enters one output, so its gradient is that output's alone.
    """
    step = learning_rate * np.sum(output_gradient)
    return _with_bias_step(self, output_gradient, learning_rate, step)


@misconception(
    "ex04/backward",
    "bias moved by a mean",
    hint="How many outputs does one bias enter? What is its gradient, then?",
)
def bias_by_mean(self, output_gradient, learning_rate):
    """All biases move by the same amount, the mean of the output gradient.

    Each bias enters one output, so its gradient is that output's alone.
    """
    step = learning_rate * np.mean(output_gradient)
    return _with_bias_step(self, output_gradient, learning_rate, step)


@misconception(
    "ex04/backward",
    "bias moved by the learning rate alone",
    hint="If an output was just right and its gradient is 0, should its bias move?",
)
def bias_by_learning_rate(self, output_gradient, learning_rate):
    """Every bias has moved by the learning rate, whatever its gradient is.

    The learning rate says how far to go; in which direction, only the gradient can say.
    """
    return _with_bias_step(self, output_gradient, learning_rate, learning_rate)


@misconception(
    "ex04/backward",
    "output gradient changed in place",
    hint="Look for `*=`, `+=` and `-=`. Which arrays do they change, and whose are they?",
)
def output_gradient_in_place(self, output_gradient, learning_rate):
    """The array with the output gradient holds other numbers after the call.

    It belongs to the next layer. Multiply it by the learning rate in a new array.
    """
    input_gradient = _backward(self, output_gradient, learning_rate)
    output_gradient *= learning_rate
    return input_gradient


@misconception(
    "ex04/backward",
    "output gradient multiplied by the learning rate first",
    hint="What is the learning rate for: for the parameters' steps, or for what is passed on?",
)
def all_in_place(self, output_gradient, learning_rate):
    """The output gradient is multiplied by the learning rate in place, before all the rest.

    So the returned gradient is too small, and the array of the next layer has changed as well.
    """
    output_gradient *= learning_rate
    return _backward(self, output_gradient, 1)
