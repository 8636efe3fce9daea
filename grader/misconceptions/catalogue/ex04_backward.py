"""Known mistakes of exercise 4: the backward pass of the dense layer."""

import numpy as np

from grader.misconceptions import another_way, misconception


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
    by_kind=True,
)
def row(self, output_gradient, learning_rate):
    """The gradient you return is a row instead of a column.

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


@misconception(
    "ex04/backward",
    "input gradient flat",
    hint="What shape did the input have? Its gradient has the same shape.",
    by_kind=True,
)
def flat(self, output_gradient, learning_rate):
    """The gradient you return is flat, with the shape (n,). It should be a column, as the input was."""
    return _backward(self, output_gradient, learning_rate).ravel()


@misconception(
    "ex04/backward",
    "product element by element",
    hint="Which NumPy operator is the matrix product: `*` or `@`?",
)
def elementwise(self, output_gradient, learning_rate):
    """One of your products multiplies element by element where you need a matrix product.

    G (m, 1) times the row of inputs (1, n) gives the gradient of W; Wᵀ (n, m) times G gives that of X.
    """
    return output_gradient * self.input


@another_way(elementwise)
def elementwise_with_transposed_weights(self, output_gradient, learning_rate):
    return self.weights.T * output_gradient


@another_way(elementwise)
def elementwise_with_weights(self, output_gradient, learning_rate):
    input_gradient = self.weights * output_gradient
    _step(self, output_gradient, learning_rate)
    return input_gradient


@misconception(
    "ex04/backward",
    "factors of a product mixed up",
    hint="W is (m, n), X is (n, 1) and G is (m, 1). Which product of two of them, transposed where "
    "necessary, gives (m, n), and which gives (n, 1)?",
)
def input_not_transposed(self, output_gradient, learning_rate):
    """The factors of a matrix product do not fit: their order is wrong, or a transpose is missing.

    In a product, the first factor must have as many columns as the second has rows.
    """
    return output_gradient @ self.input


@another_way(input_not_transposed)
def weights_not_transposed(self, output_gradient, learning_rate):
    return self.weights @ output_gradient


@another_way(input_not_transposed)
def weights_last(self, output_gradient, learning_rate):
    return output_gradient @ self.weights


@another_way(input_not_transposed)
def weights_gradient_transposed(self, output_gradient, learning_rate):
    input_gradient = self.weights.T @ output_gradient
    self.weights = self.weights - learning_rate * self.input @ output_gradient.T
    return input_gradient


@misconception(
    "ex04/backward",
    "all weights moved by a sum",
    hint="How many numbers does the gradient of the weights have? Where do yours become one number?",
)
def weights_by_sum(self, output_gradient, learning_rate):
    """Your code moves all weights by the same amount: it adds up their gradient.

    Each weight connects one input to one output, and has a gradient of its own.
    """
    step = learning_rate * np.sum(output_gradient @ self.input.T)
    weights, input_gradient = self.weights - step, _backward(self, output_gradient, learning_rate)
    self.weights = weights
    return input_gradient
