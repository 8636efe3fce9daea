"""Known mistakes of exercise 5: the activation layer."""

import numpy as np

from grader.misconceptions import another_way, misconception


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


@another_way(dot_product)
def matrix_product(self, output_gradient, learning_rate):
    return output_gradient @ self.activation_prime(self.input)


@another_way(dot_product)
def outer_product(self, output_gradient, learning_rate):
    return output_gradient @ self.activation_prime(self.input).T


@misconception(
    "ex05/backward",
    "derivative at the output gradient",
    hint="The formula says f'(X). Where has your layer stored X?",
)
def derivative_at_gradient(self, output_gradient, learning_rate):
    """Your code evaluates the derivative at the output gradient.

    Evaluate it where forward evaluated the function, at the input, and multiply by the gradient.
    """
    return self.activation_prime(output_gradient)


@another_way(derivative_at_gradient)
def derivative_at_gradient_times_input(self, output_gradient, learning_rate):
    return self.input * self.activation_prime(output_gradient)


@another_way(derivative_at_gradient)
def derivative_at_gradient_times_gradient(self, output_gradient, learning_rate):
    return output_gradient * self.activation_prime(output_gradient)


@misconception(
    "ex05/backward",
    "added in place of multiplied",
    hint="By the chain rule, how do two derivatives in a row combine?",
)
def added(self, output_gradient, learning_rate):
    """Your code adds output gradient and derivative; the chain rule multiplies them."""
    return output_gradient + self.activation_prime(self.input)
