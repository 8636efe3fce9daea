"""Known mistakes of exercise 4: initial weights and forward pass of the dense layer."""

import numpy as np

from grader.misconceptions import another_way, misconception


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
    """Your standard deviation is sqrt(1 / n), or sqrt(2 / (n + m)): Xavier (Glorot) initialisation.

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


@another_way(xavier)
def glorot(input_size, output_size):
    return np.random.randn(output_size, input_size) * np.sqrt(2 / (input_size + output_size))


@misconception(
    "ex04/initialisation",
    "factor upside down",
    hint="Should the weights be larger or smaller if there are more inputs?",
)
def upside_down(input_size, output_size):
    """Your code multiplies by sqrt(n / 2), or divides by sqrt(2 / n): the fraction is upside down."""
    return np.random.randn(output_size, input_size) / np.sqrt(2 / input_size)


@misconception(
    "ex04/initialisation",
    "square root of the 2 alone",
    hint="How far does the root in the formula reach? For 8 inputs the standard deviation is 0.5.",
)
def root_of_two(input_size, output_size):
    """Your standard deviation is sqrt(2) / n, but the root is taken of the whole fraction, 2 / n."""
    return np.random.randn(output_size, input_size) * np.sqrt(2) / input_size


@misconception(
    "ex04/initialisation",
    "uniform numbers that spread too little",
    hint="Compute the standard deviation of many uniform numbers from -1 to 1. Is it 1?",
)
def narrow(input_size, output_size):
    """Your weights are uniform numbers from -a to a, whose standard deviation is only a / sqrt(3).

    Draw normal numbers: their standard deviation is what you multiply them by.
    """
    return np.random.uniform(-1, 1, (output_size, input_size)) * np.sqrt(2 / input_size)


@another_way(narrow)
def narrower(input_size, output_size):
    return np.random.uniform(-1, 1, (output_size, input_size)) / np.sqrt(input_size)


@another_way(narrow)
def around_zero(input_size, output_size):
    return (np.random.rand(output_size, input_size) - 0.5) * np.sqrt(2 / input_size)


@misconception(
    "ex04/forward",
    "product element by element",
    hint="Which NumPy operator is the matrix product: `*` or `@`?",
)
def elementwise(self, input, training=False):
    """Your code multiplies weights (m, n) and input (n, 1) element by element.

    Y = W X is a matrix product: it multiplies each row of W by the column X, and adds up.
    """
    self.input, self.output = input, self.weights * input + self.bias
    return self.output


@misconception(
    "ex04/forward",
    "factors of the product mixed up",
    hint="W is (m, n) and X is (n, 1). Which product of the two gives (m, 1)?",
)
def wrong_order(self, input, training=False):
    """The factors of your matrix product do not fit: their order is wrong, or one is transposed.

    In a product, the first factor must have as many columns as the second has rows.
    """
    self.input, self.output = input, input @ self.weights + self.bias
    return self.output


@another_way(wrong_order)
def weights_transposed(self, input, training=False):
    self.input, self.output = input, self.weights.T @ input + self.bias
    return self.output


@another_way(wrong_order)
def input_transposed(self, input, training=False):
    self.input, self.output = input, self.weights @ input.T + self.bias
    return self.output


@misconception(
    "ex04/forward",
    "flat in place of a column",
    hint="Print the shapes of the input and of your output. How many axes has a column?",
    by_kind=True,
)
def flat(self, input, training=False):
    """Your output is flat, with the shape (m,). It should be a column, with the shape (m, 1)."""
    self.input, self.output = input, self.weights @ input.ravel() + self.bias.ravel()
    return self.output


@misconception(
    "ex04/forward",
    "output as a row",
    hint="Which factor comes first in Y = W X? A column has the shape (m, 1).",
    by_kind=True,
)
def row(self, input, training=False):
    """Your output is a row, with the shape (1, m). It should be a column, with the shape (m, 1)."""
    self.input, self.output = input, (self.weights @ input + self.bias).T
    return self.output


@misconception(
    "ex04/forward",
    "an output that holds whole numbers",
    hint="Print the data type of your output for an input of integers. What can it hold?",
)
def whole_numbers(self, input, training=False):
    """For an input of integers, your output loses everything after the decimal point.

    Your code stores it in an array of the input's data type, or of an integer type.
    """
    self.input, self.output = input, (self.weights @ input + self.bias).astype(input.dtype)
    return self.output


@another_way(whole_numbers)
def always_whole_numbers(self, input, training=False):
    self.input, self.output = input, (self.weights @ input + self.bias).astype(int)
    return self.output


@another_way(same_every_time)
def all_zeros(input_size, output_size):
    return np.zeros((output_size, input_size))
