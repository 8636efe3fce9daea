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
    hint="The layer stores two functions. Which of them belongs to the forward pass?",
)
def derivative_forward(self, input, training=False):
    """Your output is the value of the derivative at the input.

    The derivative belongs to the backward pass; forward applies the function itself.
    """
    self.input = input
    self.output = self.activation_prime(input)
    return self.output


@misconception(
    "ex05/forward",
    "input returned",
    hint="Look at the line with `return`: which of your arrays does it return?",
)
def input_returned(self, input, training=False):
    """Your code returns the input unchanged.

    It may apply the function, but it does not return the result.
    """
    self.input = input
    self.output = self.activation(input)
    return self.input


@misconception(
    "ex05/forward",
    "input overwritten",
    hint="What does self.input contain after the call, and what will backward do with it?",
)
def input_overwritten(self, input, training=False):
    """Your code writes the results into the input array, but backward needs the original input."""
    self.input = input
    input[:] = self.activation(input)
    self.output = input
    return self.output


@misconception(
    "ex05/forward",
    "input not kept",
    hint="Backward gets only a gradient. How does it know where to evaluate the derivative?",
)
def not_kept(self, input, training=False):
    """The output is right, but your code does not store the input, which backward needs."""
    self.output = self.activation(input)
    return self.output


@misconception(
    "ex05/backward",
    "function in place of its derivative",
    hint="The layer stores two functions. Which one says how fast the output changes?",
)
def function_backward(self, output_gradient, learning_rate):
    """Your code multiplies the gradient by the values of the function.

    What counts is how much each output changes with its input, and that is the derivative.
    """
    return output_gradient * self.activation(self.input)


@misconception(
    "ex05/backward",
    "derivative at the output",
    hint="The formula says f'(X). Is X the input or the output of the layer?",
)
def derivative_at_output(self, output_gradient, learning_rate):
    """Your code evaluates the derivative at the layer's output.

    Evaluate it where forward evaluated the function: at the input.
    """
    return output_gradient * self.activation_prime(self.output)


@misconception(
    "ex05/backward",
    "output gradient ignored",
    hint="If the output gradient were twice as large, what should happen to your result?",
)
def gradient_ignored(self, output_gradient, learning_rate):
    """Your code returns only the derivative and ignores the output gradient.

    By the chain rule, you multiply the two.
    """
    return self.activation_prime(self.input)


@misconception(
    "ex05/backward",
    "gradient passed through",
    hint="Where the function is flat, how much does the error change with the input?",
)
def passed_through(self, output_gradient, learning_rate):
    """Your code returns the output gradient unchanged.

    That would be right for a layer that changes nothing, but this layer applies a function, and its
    derivative belongs in the gradient.
    """
    return output_gradient


@misconception(
    "ex05/backward",
    "dot product",
    hint="Each input enters only one output. What does the symbol ⊙ in the formula mean?",
)
def dot_product(self, output_gradient, learning_rate):
    """Your code multiplies gradient and derivative as matrices, which sums over all numbers.

    In this layer each number has its own gradient, so multiply element by element.
    """
    return np.dot(output_gradient.T, self.activation_prime(self.input))


@misconception(
    "ex05/backward",
    "learning rate multiplied in",
    hint="What does the learning rate scale, and does this layer have anything of that kind?",
)
def learning_rate_enters(self, output_gradient, learning_rate):
    """The gradient you return is the right one times the learning rate.

    The learning rate only scales the updates of parameters. The previous layer needs the full
    gradient; otherwise each layer would shrink it further.
    """
    return learning_rate * output_gradient * self.activation_prime(self.input)


@misconception(
    "ex05/backward",
    "output gradient overwritten",
    hint="What is the difference between `a *= b` and `a = a * b` for the caller who passed you `a`?",
)
def gradient_overwritten(self, output_gradient, learning_rate):
    """The product is right, but your code writes it into the output gradient's own array."""
    output_gradient *= self.activation_prime(self.input)
    return output_gradient


@misconception(
    "ex05/sigmoid",
    "overflow for very negative input",
    hint="How large is exp(-x) at x = -1000? The text has a second form of the same fraction.",
)
def overflow(self):
    """Your code computes the textbook formula, 1 / (1 + exp(-x)).

    The numbers are right, but for very negative x the power overflows.
    """

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    _set(self, sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))


@misconception(
    "ex05/sigmoid",
    "nan for very large input",
    hint="What does NumPy return for exp(1000) and exp(1000) / exp(1000)? Which form is safe there?",
)
def nan_when_large(self):
    """Your code computes exp(x) / (1 + exp(x)), which is infinity over infinity for large x.

    This form is safe for negative x; positive x needs the other.
    """

    def sigmoid(x):
        return np.exp(x) / (1 + np.exp(x))

    _set(self, sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))


@misconception(
    "ex05/sigmoid", "sign of x turned", hint="Should the curve rise or fall? Try it at 5 and at -5."
)
def turned(self):
    """Your curve falls where it should rise: x has the wrong sign, or the two cases are swapped."""
    _set(self, lambda x: _sigmoid(-x), _sigmoid_prime)


@misconception(
    "ex05/sigmoid",
    "results cut to whole numbers",
    hint="np.zeros_like creates an array of the same data type. What if x contains integers?",
)
def whole_numbers(self):
    """For an input of type int, your results lose everything after the decimal point.

    Your code stores them in an array of the input's data type, which cannot hold 0.73.
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
    """Your derivative returns sigmoid(x), which approaches 1 far to the right.

    The curve is flat there. The factor that brings the derivative down to 0 is missing.
    """
    _set(self, _sigmoid, _sigmoid)


@misconception(
    "ex05/sigmoid",
    "derivative with the wrong sign",
    hint="Does the curve rise or fall? What does that say about the sign of its derivative?",
)
def prime_sign(self):
    """Your derivative is right except for its sign.

    The derivative of a curve that rises everywhere is never negative.
    """
    _set(self, _sigmoid, lambda x: _sigmoid(x) * (_sigmoid(x) - 1))


@misconception(
    "ex05/sigmoid",
    "x in place of sigmoid(x) in the derivative",
    hint="Which values can the two factors have? What is 1 - x for x = 3?",
)
def prime_of_output(self):
    """Your derivative returns x (1 - x), which is right only if x is the output of the sigmoid.

    Here x is the input, so apply the sigmoid first.
    """
    _set(self, _sigmoid, lambda x: x * (1 - x))


@misconception(
    "ex05/sigmoid",
    "derivative by the formula of tanh",
    hint="The table in the text has one line for each function. At x = 0 your result should be 1/4.",
)
def prime_of_tanh(self):
    """Your derivative returns 1 minus the square, which is the formula for tanh."""
    _set(self, _sigmoid, lambda x: 1 - _sigmoid(x) ** 2)


@misconception(
    "ex05/sigmoid",
    "derivative overflows",
    hint="You have a safe sigmoid. Can you write the derivative using only its value?",
)
def prime_overflow(self):
    """Your function is safe, but your derivative uses exp(-x) again.

    For very negative x that gives infinity over infinity, which is nan.
    """
    _set(self, _sigmoid, lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2)


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
