"""Known mistakes of exercise 5, the activations."""

import numpy as np

from grader.misconceptions import misconception


def _sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def _sigmoid_prime(x):
    return _sigmoid(x) * (1 - _sigmoid(x))


def _relu(x):
    return np.maximum(0, x)


def _relu_prime(x):
    return (x > 0).astype(float)


def _set(layer, activation, activation_prime):
    layer.activation, layer.activation_prime = activation, activation_prime


@misconception(
    "ex05/forward",
    "derivative in place of the function",
    hint="Which of the two functions that the layer keeps belongs to the forward pass?",
)
def derivative_forward(self, input, training=False):
    """The output is the derivative of the input.

    The derivative belongs to the backward pass; forward applies the function itself.
    """
    self.input = input
    self.output = self.activation_prime(input)
    return self.output


@misconception(
    "ex05/forward",
    "input returned",
    hint="Look at the return line: which of the arrays that you have does it name?",
)
def input_returned(self, input, training=False):
    """The output is the input, just as it came in.

    The function may have been applied, but its result is not what is returned.
    """
    self.input = input
    self.output = self.activation(input)
    return self.input


@misconception(
    "ex05/forward",
    "input overwritten",
    hint="What does self.input hold after the call, and what will backward do with it?",
)
def input_overwritten(self, input, training=False):
    """The results are written into the array that came in; backward here needs it as it was."""
    self.input = input
    input[:] = self.activation(input)
    self.output = input
    return self.output


@misconception(
    "ex05/forward",
    "input not kept",
    hint="Backward gets only a gradient. How does it know where to take the derivative?",
)
def not_kept(self, input, training=False):
    """The output is right, but the input is not remembered, and backward needs it."""
    self.output = self.activation(input)
    return self.output


@misconception(
    "ex05/backward",
    "function in place of its derivative",
    hint="The layer keeps two functions. Which one says how fast the output changes?",
)
def function_backward(self, output_gradient, learning_rate):
    """The gradient is multiplied by the function's values.

    What counts is how much each output changes with its input, and that is the derivative.
    """
    return output_gradient * self.activation(self.input)


@misconception(
    "ex05/backward",
    "derivative at the output",
    hint="The formula says f'(X). Is X what came into the layer, or what went out?",
)
def derivative_at_output(self, output_gradient, learning_rate):
    """The derivative is taken at the layer's output.

    It has to be taken where the function was: at the input.
    """
    return output_gradient * self.activation_prime(self.output)


@misconception(
    "ex05/backward",
    "output gradient ignored",
    hint="If the output gradient were twice as large, what should happen to your answer?",
)
def gradient_ignored(self, output_gradient, learning_rate):
    """What is returned is the derivative alone; the output gradient does not enter.

    By the chain rule the two are multiplied.
    """
    return self.activation_prime(self.input)


@misconception(
    "ex05/backward",
    "gradient passed through",
    hint="Where the function is flat, how much does the error change with the input?",
)
def passed_through(self, output_gradient, learning_rate):
    """The output gradient is returned as it came.

    That would be right for a layer that changes nothing; this one has a function with a slope.
    """
    return output_gradient


@misconception(
    "ex05/backward",
    "dot product",
    hint="Each input enters one output alone. What is the symbol in the formula called?",
)
def dot_product(self, output_gradient, learning_rate):
    """The gradient and the derivative are multiplied as matrices, which adds up over all numbers.

    LocalBackend each number has a gradient of its own: the product is element by element.
    """
    return np.dot(output_gradient.T, self.activation_prime(self.input))


@misconception(
    "ex05/backward",
    "learning rate multiplied in",
    hint="What does the learning rate decide, and does this layer have anything of that kind?",
)
def learning_rate_enters(self, output_gradient, learning_rate):
    """The returned gradient is the right one times the learning rate.

    The learning rate scales the updates of parameters. The gradient goes on to the layer before in
    full, or each layer would shrink it once more.
    """
    return learning_rate * output_gradient * self.activation_prime(self.input)


@misconception(
    "ex05/backward",
    "output gradient overwritten",
    hint="What is the difference between `a *= b` and `a = a * b` for the one who handed you `a`?",
)
def gradient_overwritten(self, output_gradient, learning_rate):
    """The product is right, but it is written into the array that came in."""
    output_gradient *= self.activation_prime(self.input)
    return output_gradient


@misconception(
    "ex05/sigmoid",
    "overflow for very negative input",
    hint="How large is exp(-x) at x = -1000? The text has a second form of the same fraction.",
)
def overflow(self):
    """This is 1 / (1 + exp(-x)) as it stands in the book.

    The numbers are right, but for very negative x the power is too large for a computer.
    """

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    _set(self, sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))


@misconception(
    "ex05/sigmoid",
    "nan for very large input",
    hint="What are exp(1000) and exp(1000) / exp(1000) on a computer? Which form is safe there?",
)
def nan_when_large(self):
    """This is exp(x) / (1 + exp(x)), which is infinity over infinity for large x.

    The form is the safe one for negative x; positive x needs the other.
    """

    def sigmoid(x):
        return np.exp(x) / (1 + np.exp(x))

    _set(self, sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))


@misconception(
    "ex05/sigmoid", "sign of x turned", hint="Should the curve rise or fall? Try it at 5 and at -5."
)
def turned(self):
    """The curve falls where it should rise: x has the wrong sign, or two cases are swapped."""
    _set(self, lambda x: _sigmoid(-x), _sigmoid_prime)


@misconception(
    "ex05/sigmoid",
    "results cut to whole numbers",
    hint="np.zeros_like makes an array of the same type. What if x holds whole numbers?",
)
def whole_numbers(self):
    """For input of type int, the results lose all behind the point.

    They are stored in an array of the input's type, which cannot hold 0.73.
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
    """The derivative gives sigmoid(x), so far to the right it would be 1.

    The curve is flat there. The factor that brings it down to 0 is missing.
    """
    _set(self, _sigmoid, _sigmoid)


@misconception(
    "ex05/sigmoid",
    "derivative with the wrong sign",
    hint="Does the curve rise or fall? What does that say about the sign of its derivative?",
)
def prime_sign(self):
    """The derivative is right but for its sign.

    A curve that rises everywhere has a derivative that is nowhere negative.
    """
    _set(self, _sigmoid, lambda x: _sigmoid(x) * (_sigmoid(x) - 1))


@misconception(
    "ex05/sigmoid",
    "x in place of sigmoid(x) in the derivative",
    hint="Which values can the two factors have? With x = 3, what is 1 - x?",
)
def prime_of_output(self):
    """The derivative gives x (1 - x), which is right only if x is already the sigmoid's output.

    Here x is the input, and the sigmoid has to be applied first.
    """
    _set(self, _sigmoid, lambda x: x * (1 - x))


@misconception(
    "ex05/sigmoid",
    "derivative by the formula of tanh",
    hint="The table in the text has one line for each function. At x = 0 it should give 1/4.",
)
def prime_of_tanh(self):
    """The derivative gives 1 minus the square, which is the rule for tanh."""
    _set(self, _sigmoid, lambda x: 1 - _sigmoid(x) ** 2)


@misconception(
    "ex05/sigmoid",
    "derivative overflows",
    hint="You have a safe sigmoid. Can the derivative be written with nothing but its value?",
)
def prime_overflow(self):
    """The function is safe, but its derivative has exp(-x) in it once more.

    For very negative x that is infinity over infinity, which is nan.
    """
    _set(self, _sigmoid, lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2)


@misconception(
    "ex05/relu", "input overwritten", hint="Whose array is x? Choose a way that makes a new one."
)
def relu_in_place(self):
    """The negative numbers are set to 0 in the input itself.

    The output is right, but the array belongs to the layer before, which still needs it.
    """

    def relu(x):
        x[x < 0] = 0
        return x

    _set(self, relu, _relu_prime)


@misconception(
    "ex05/relu", "leaky", hint="What should come out for x = -2? Read the line of the table again."
)
def leaky(self):
    """Negative numbers come out as a small share of themselves.

    That is the leaky ReLU, which exists; the one asked for here gives exactly 0.
    """
    _set(self, lambda x: np.where(x > 0, x, 0.01 * x), lambda x: np.where(x > 0, 1, 0.01))


@misconception(
    "ex05/relu", "absolute value", hint="What should come out for x = -2, and what comes out?"
)
def absolute(self):
    """Negative numbers lose their sign.

    That is the absolute value; ReLU lets nothing of a negative number through.
    """
    _set(self, np.abs, np.sign)


@misconception(
    "ex05/relu",
    "cut off at 1",
    hint="What should come out for x = 2? Is there an upper limit in the text?",
)
def cut_off(self):
    """Numbers above 1 come out as 1.

    ReLU has a lower limit only: what is positive stays as it is.
    """
    _set(self, lambda x: np.clip(x, 0, 1), lambda x: ((x > 0) & (x < 1)).astype(float))


@misconception(
    "ex05/relu",
    "derivative is the function",
    hint="How steep is the line y = x at 0.5, and how steep at 2?",
)
def prime_is_relu(self):
    """The derivative gives ReLU itself, so it grows with x.

    To the right of 0, ReLU is a straight line, and the slope of that is the same everywhere.
    """
    _set(self, _relu, _relu)


@misconception(
    "ex05/relu",
    "derivative 1 everywhere",
    hint="Draw the function. How steep is it to the left of 0?",
)
def prime_is_one(self):
    """The derivative is 1 for negative numbers too.

    There ReLU is flat: nothing of the gradient should come back.
    """
    _set(self, _relu, np.ones_like)


@misconception(
    "ex05/relu",
    "derivative by the sign",
    hint="What does np.sign give for a negative number, and how steep is ReLU there?",
)
def prime_is_sign(self):
    """The derivative is -1 for negative numbers. ReLU does not fall there; it is flat."""
    _set(self, _relu, np.sign)


@misconception(
    "ex05/relu",
    "derivative overwrites the input",
    hint="x is the very array that the layer remembers. Can the comparison itself be the answer?",
)
def prime_in_place(self):
    """The derivative is right, but its zeros and ones are written into the input.

    Afterwards nobody knows what the input was, and the layer before may still need it.
    """

    def relu_prime(x):
        x[x > 0] = 1
        x[x <= 0] = 0
        return x

    _set(self, _relu, relu_prime)
