"""Known mistakes of exercise 4, the dense layer."""

import numpy as np

from grader.misconceptions import misconception


def _step(layer, output_gradient, learning_rate):
    """Update weights and bias correctly."""
    layer.weights = layer.weights - learning_rate * output_gradient @ layer.input.T
    layer.bias = layer.bias - learning_rate * output_gradient


def _backward(layer, output_gradient, learning_rate):
    """Take the step, and return the input gradient."""
    input_gradient = layer.weights.T @ output_gradient
    _step(layer, output_gradient, learning_rate)
    return input_gradient


def _with_bias_step(layer, output_gradient, learning_rate, bias_step):
    """Do everything right except for the bias, which is changed by the given step."""
    bias = layer.bias - bias_step
    input_gradient = _backward(layer, output_gradient, learning_rate)
    layer.bias = bias
    return input_gradient


@misconception(
    "ex04/initialisation",
    "standard normal, not scaled",
    hint="How large is a sum of n such numbers? What do you have to multiply them by?",
)
def not_scaled(input_size, output_size):
    """Your weights are standard normal numbers, with standard deviation 1.

    That is too large: the more inputs, the larger the sums, and they grow from layer to layer.
    """
    return np.random.randn(output_size, input_size)


@misconception(
    "ex04/initialisation",
    "Xavier in place of He",
    hint="How much of a signal is left after ReLU, which sets about half of the numbers to 0?",
)
def xavier(input_size, output_size):
    """Your standard deviation is about sqrt(1 / n), as in Xavier (Glorot) initialisation.

    He initialisation uses sqrt(2 / n), to make up for the half of the signal that ReLU removes.
    """
    return np.random.randn(output_size, input_size) * np.sqrt(1 / input_size)


@misconception(
    "ex04/initialisation",
    "scaled by the number of outputs",
    hint="How many terms are there in the sum that makes one output?",
)
def fan_out(input_size, output_size):
    """Your standard deviation depends on the number of outputs.

    Each output is a sum over the inputs, so the number of inputs decides how large the sum gets.
    """
    return np.random.randn(output_size, input_size) * np.sqrt(2 / output_size)


@misconception(
    "ex04/initialisation",
    "variance in place of standard deviation",
    hint="If you multiply numbers by c, what is their variance multiplied by?",
)
def variance(input_size, output_size):
    """Your code multiplies the numbers by 2 / n, which is the variance they should have.

    The factor becomes their standard deviation, which is the square root of the variance.
    """
    return np.random.randn(output_size, input_size) * 2 / input_size


@misconception(
    "ex04/initialisation",
    "a fixed small factor",
    hint="Compare layers with 10 and with 1000 inputs: should their weights start equally large?",
)
def small(input_size, output_size):
    """Your code multiplies the weights by a fixed factor, such as 0.01, for any number of inputs.

    In a network with several layers, such small weights make the signal fade away.
    """
    return np.random.randn(output_size, input_size) * 0.01


@misconception(
    "ex04/initialisation",
    "uniform in place of normal",
    hint="What is the difference between np.random.rand and np.random.randn?",
)
def uniform(input_size, output_size):
    """Your weights are uniform random numbers between 0 and 1, times sqrt(2 / n).

    So none is negative, their mean is not 0, and they spread too little. Draw normal numbers.
    """
    return np.random.rand(output_size, input_size) * np.sqrt(2 / input_size)


@misconception(
    "ex04/initialisation",
    "inputs and outputs mixed up",
    hint="Weights times input gives the output. Which of the two sizes is the number of rows?",
)
def transposed(input_size, output_size):
    """Your weights have one row for each input; they should have one row for each output."""
    return np.random.randn(input_size, output_size) * np.sqrt(2 / input_size)


@misconception(
    "ex04/initialisation",
    "the same weights every time",
    hint="Create two layers of the same size, and print their weights.",
)
def same_every_time(input_size, output_size):
    """Every new layer starts with exactly the same weights.

    Either your weights are not random (all ones or zeros, for example), or your code sets a seed
    before it draws them. Weights that start equal learn the same, and a layer whose outputs are all
    equal is no better than a single output.
    """
    return np.ones((output_size, input_size))


@misconception(
    "ex04/forward",
    "bias forgotten",
    hint="Compare your line with the formula in the text: how many terms does each have?",
)
def no_bias(self, input, training=False):
    """Your output is only the product of weights and input: the bias is missing."""
    self.input, self.output = input, self.weights @ input
    return self.output


@misconception(
    "ex04/forward",
    "a row plus a column",
    hint="Print the shapes of the product and of the bias before you add them.",
)
def row_plus_column(self, input, training=False):
    """Your output is a square matrix: the product is a row or flat, but the bias is a column.

    NumPy then adds every number of one to every number of the other. Both must be columns.
    """
    self.input, self.output = input, self.weights.dot(input.ravel()) + self.bias
    return self.output


@misconception(
    "ex04/forward",
    "the output is added to the bias",
    hint="Print layer.bias before and after the call. Which line changes it?",
)
def bias_in_place(self, input, training=False):
    """The first output is right, but your code adds it up in the array of the bias itself.

    So the bias changes, and the next output will be wrong.
    """
    self.input, self.output = input, self.bias
    self.output += self.weights @ input
    return self.output


@misconception(
    "ex04/forward",
    "no return",
    hint="What does a Python method return when it ends without a return statement?",
)
def forward_without_return(self, input, training=False):
    """Your method returns None: it stores the output, but does not return it."""
    self.input, self.output = input, self.weights @ input + self.bias


@misconception(
    "ex04/forward",
    "input not kept",
    hint="The gradient of the weights contains the input. Where does backward get it from?",
)
def input_not_kept(self, input, training=False):
    """The output is right, but your code does not store the input, which backward needs."""
    self.output = self.weights @ input + self.bias
    return self.output


@misconception(
    "ex04/backward",
    "input gradient after the update",
    hint="Which weights produced the output: the ones before the step, or the ones after it?",
)
def input_gradient_after_the_update(self, output_gradient, learning_rate):
    """Your code computes the input gradient with weights that it has already updated.

    The gradient belongs to the weights that produced the output, so update them last.
    """
    _step(self, output_gradient, learning_rate)
    return self.weights.T @ output_gradient


@misconception(
    "ex04/backward",
    "input gradient as a row",
    hint="What shape did the input have? Its gradient has the same shape.",
)
def row(self, output_gradient, learning_rate):
    """The gradient you return has the right numbers, but it is a row instead of a column.

    The previous layer expects a gradient in the shape of its own output, which is a column.
    """
    return _backward(self, output_gradient, learning_rate).T


@misconception(
    "ex04/backward",
    "input gradient times the learning rate",
    hint="What is the learning rate for: the steps of the parameters, or the gradient you pass on?",
)
def scaled(self, output_gradient, learning_rate):
    """Your code multiplies the gradient it returns by the learning rate.

    The learning rate belongs to the steps of weights and bias. The previous layer needs the gradient
    itself; otherwise it would shrink with every layer.
    """
    return learning_rate * _backward(self, output_gradient, learning_rate)


@misconception(
    "ex04/backward",
    "output gradient returned",
    hint="How does each input get into the outputs? Its gradient comes back the same way.",
)
def output_gradient_returned(self, output_gradient, learning_rate):
    """Your code returns the output gradient unchanged.

    The previous layer needs the gradient with respect to the input, which comes back through the
    weights.
    """
    _step(self, output_gradient, learning_rate)
    return output_gradient


@misconception(
    "ex04/backward",
    "weights gradient returned",
    hint="Which of the gradients does the previous layer need? What shape does it have?",
)
def weights_gradient_returned(self, output_gradient, learning_rate):
    """Your code returns the gradient of the weights; the previous layer needs that of the input."""
    _step(self, output_gradient, learning_rate)
    return output_gradient @ self.input.T


@misconception(
    "ex04/backward", "no return", hint="What does the previous layer get from your method?"
)
def backward_without_return(self, output_gradient, learning_rate):
    """Your method returns None: it takes the step, but does not return the input gradient."""
    _step(self, output_gradient, learning_rate)


@misconception(
    "ex04/backward",
    "learning rate left out",
    hint="What arguments does backward take, and where do you use each of them?",
)
def no_learning_rate(self, output_gradient, learning_rate):
    """Your step is the whole gradient: it is not multiplied by the learning rate."""
    return _backward(self, output_gradient, 1)


@misconception(
    "ex04/backward",
    "learning rate multiplied in twice",
    hint="Follow the learning rate through your code: how often does it enter one step?",
)
def learning_rate_squared(self, output_gradient, learning_rate):
    """Your step is too small: the gradient is multiplied by the learning rate twice."""
    return _backward(self, output_gradient, learning_rate**2)


@misconception(
    "ex04/backward",
    "a step uphill",
    hint="Should the step make the error larger or smaller? In which direction does the error grow?",
)
def uphill(self, output_gradient, learning_rate):
    """Your step follows the gradient, so the error grows. Gradient descent goes against it."""
    return _backward(self, output_gradient, -learning_rate)


@misconception(
    "ex04/backward",
    "two steps in place of one",
    hint="Mark every line that changes a parameter. How often does each of them run in one call?",
)
def two_steps(self, output_gradient, learning_rate):
    """Your code takes the step twice: the parameter moves twice as far as it should."""
    return _backward(self, output_gradient, 2 * learning_rate)


@misconception(
    "ex04/backward",
    "parameters do not move",
    hint="How is the layer supposed to learn? Print weights and bias before and after the call.",
)
def no_step(self, output_gradient, learning_rate):
    """A parameter is the same after the call as before: your code takes no step for it."""
    return _backward(self, output_gradient, 0)


@misconception(
    "ex04/backward",
    "bias moved by a sum",
    hint="How many outputs does one bias enter? What is its gradient, then?",
)
def bias_by_sum(self, output_gradient, learning_rate):
    """Your code moves all biases by the same amount, the sum of the whole output gradient.

    Each bias enters only one output, so its gradient is the gradient of that output.
    """
    step = learning_rate * np.sum(output_gradient)
    return _with_bias_step(self, output_gradient, learning_rate, step)


@misconception(
    "ex04/backward",
    "bias moved by a mean",
    hint="How many outputs does one bias enter? What is its gradient, then?",
)
def bias_by_mean(self, output_gradient, learning_rate):
    """Your code moves all biases by the same amount, the mean of the output gradient.

    Each bias enters only one output, so its gradient is the gradient of that output.
    """
    step = learning_rate * np.mean(output_gradient)
    return _with_bias_step(self, output_gradient, learning_rate, step)


@misconception(
    "ex04/backward",
    "bias moved by the learning rate alone",
    hint="If an output is already right and its gradient is 0, should its bias move?",
)
def bias_by_learning_rate(self, output_gradient, learning_rate):
    """Your code moves every bias by the learning rate, whatever its gradient is.

    The learning rate only scales the step. Its size and direction come from the gradient.
    """
    return _with_bias_step(self, output_gradient, learning_rate, learning_rate)


@misconception(
    "ex04/backward",
    "output gradient changed in place",
    hint="Look for `*=`, `+=` and `-=`. Which arrays do they change, and whose are they?",
)
def output_gradient_in_place(self, output_gradient, learning_rate):
    """Your code modifies the output gradient in place.

    That array belongs to the next layer. Put its product with the learning rate in a new array.
    """
    input_gradient = _backward(self, output_gradient, learning_rate)
    output_gradient *= learning_rate
    return input_gradient


@misconception(
    "ex04/backward",
    "output gradient multiplied by the learning rate first",
    hint="What is the learning rate for: the steps of the parameters, or the gradient you pass on?",
)
def all_in_place(self, output_gradient, learning_rate):
    """Your code first multiplies the output gradient by the learning rate, in place.

    So the gradient you return is too small, and the next layer's array has changed as well.
    """
    output_gradient *= learning_rate
    return _backward(self, output_gradient, 1)
