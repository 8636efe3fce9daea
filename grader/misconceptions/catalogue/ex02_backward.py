"""Known mistakes of exercise 2: the backward pass of the convolutional layer."""

import numpy as np
from scipy.signal import convolve2d, correlate2d

from grader.misconceptions import another_way, misconception


def _pairs(layer):
    """Yield the indices i of a map and j of a channel, with the channel and the kernel (i, j)."""
    for i, j in np.ndindex(layer.kernels.shape[:2]):
        yield i, j, layer.input[j], layer.kernels[i, j]


def _gradients(layer, output_gradient, to_kernel=correlate2d, to_input=convolve2d):
    """Return the gradients of input and kernels, computed with the given operations."""
    input_gradient, kernel_gradient = np.zeros(layer.input.shape), np.zeros(layer.kernels.shape)
    for i, j, channel, kernel in _pairs(layer):
        kernel_gradient[i, j] = to_kernel(channel, output_gradient[i], "valid")
        input_gradient[j] += to_input(output_gradient[i], kernel, "full")
    return input_gradient, kernel_gradient


def _backward(layer, output_gradient, learning_rate, **how):
    """Take the step, and return the input gradient."""
    input_gradient, kernel_gradient = _gradients(layer, output_gradient, **how)
    layer.kernels = layer.kernels - learning_rate * kernel_gradient
    layer.biases = layer.biases - learning_rate * output_gradient
    return input_gradient


@misconception(
    "ex02/backward",
    "full correlation in place of full convolution",
    hint="The derivation ends with k[r - u, s - v]. What do the minus signs mean for the kernel?",
)
def correlated_input_gradient(self, output_gradient, learning_rate):
    """Your input gradient is a full correlation of the output gradient with the kernels.

    Each output sends its gradient back through the kernel that produced it. That is a convolution:
    the kernel has to be rotated by 180 degrees.
    """
    return _backward(self, output_gradient, learning_rate, to_input=correlate2d)


@misconception(
    "ex02/backward",
    "input gradient assigned, not summed",
    hint="How many maps does one number of the input enter, and what does each of them send back?",
)
def assigned_input_gradient(self, output_gradient, learning_rate):
    """Your input gradient contains only what the last map sends back; the other maps are lost.

    Each number of the input enters every map, so add up what the maps send back.
    """
    kernel = self.kernels[-1]
    _backward(self, output_gradient, learning_rate)
    return np.array([convolve2d(output_gradient[-1], one, "full") for one in kernel])


@misconception(
    "ex02/backward",
    "every channel through the first channel's kernel",
    hint="Channel j enters map i through one kernel. Which two indices does that kernel have?",
)
def first_kernel_for_all(self, output_gradient, learning_rate):
    """Your code uses the kernels of the first channel for the input gradient of every channel.

    Channel j entered map i through kernel (i, j), and its gradient comes back the same way.
    """
    input_gradient = _backward(self, output_gradient, learning_rate)
    return np.zeros(input_gradient.shape) + input_gradient[0]


@misconception(
    "ex02/backward",
    "input gradient after the update",
    hint="Which kernels produced the output: the ones before the step, or the ones after it?",
)
def input_gradient_after_the_update(self, output_gradient, learning_rate):
    """Your code computes the input gradient with kernels that it has already updated.

    The gradient belongs to the kernels that produced the output, so update them last.
    """
    _backward(self, output_gradient, learning_rate)
    input_gradient, _ = _gradients(self, output_gradient)
    return input_gradient


@misconception(
    "ex02/backward",
    "kernel gradient by convolution",
    hint="In the derivation, compare the signs in x[u + a, v + c] with those in k[r - u, s - v].",
)
def convolved_kernel_gradient(self, output_gradient, learning_rate):
    """Your kernel gradient is a convolution of the input with the output gradient.

    Its formula contains only plus signs, so it is a correlation.
    """
    return _backward(self, output_gradient, learning_rate, to_kernel=convolve2d)


@misconception(
    "ex02/backward",
    "kernel gradient turned by 180 degrees",
    hint="Is correlate2d(a, b) the same as correlate2d(b, a)? Try it with small arrays.",
)
def turned_kernel_gradient(self, output_gradient, learning_rate):
    """Your kernel gradient has the right numbers in reverse order.

    This happens when you pass the output gradient to correlate2d first. In mode "valid" SciPy still
    slides the smaller array over the larger one, but returns the result rotated by 180 degrees.
    """
    return _backward(
        self,
        output_gradient,
        learning_rate,
        to_kernel=lambda channel, gradient, mode: correlate2d(gradient, channel, mode),
    )


@misconception(
    "ex02/backward",
    "kernel gradient from the first channel only",
    hint="Which channel did kernel (i, j) see in forward?",
)
def kernel_gradient_of_first_channel(self, output_gradient, learning_rate):
    """Your code computes the gradients of all kernels of a map from the first input channel.

    Kernel (i, j) saw channel j, so its gradient comes from channel j.
    """
    return _backward(
        self,
        output_gradient,
        learning_rate,
        to_kernel=lambda _, gradient, mode: correlate2d(self.input[0], gradient, mode),
    )


@misconception(
    "ex02/backward",
    "a step uphill",
    hint="Should the step make the error larger or smaller? In which direction does the error grow?",
)
def uphill(self, output_gradient, learning_rate):
    """Your step follows the gradient, so the error grows. Gradient descent goes against it."""
    return _backward(self, output_gradient, -learning_rate)


@misconception(
    "ex02/backward",
    "learning rate left out",
    hint="What arguments does backward take, and where do you use each of them?",
)
def no_learning_rate(self, output_gradient, learning_rate):
    """Your step is the whole gradient: it is not multiplied by the learning rate."""
    return _backward(self, output_gradient, 1)


@misconception(
    "ex02/backward",
    "two steps in place of one",
    hint="Mark every line that changes a parameter. How often does each of them run in one call?",
)
def two_steps(self, output_gradient, learning_rate):
    """Your code takes the step twice, for example in a loop over two channels, or in and after it."""
    return _backward(self, output_gradient, 2 * learning_rate)


@misconception(
    "ex02/backward",
    "parameters do not move",
    hint="How is the layer supposed to learn? Print kernels and biases before and after the call.",
)
def no_step(self, output_gradient, learning_rate):
    """A parameter is the same after the call as before: your code takes no step for it."""
    return _backward(self, output_gradient, 0)


@misconception(
    "ex02/backward",
    "biases moved by a sum",
    hint="The biases have the output's shape. What is the gradient of a single one of them?",
)
def summed_bias_gradient(self, output_gradient, learning_rate):
    """Your code moves all biases by the same sum, but each bias enters only one output number."""
    biases = self.biases - learning_rate * np.sum(output_gradient)
    input_gradient = _backward(self, output_gradient, learning_rate)
    self.biases = biases
    return input_gradient


@misconception(
    "ex02/backward",
    "kernel gradient returned",
    hint="Which of the gradients does the previous layer need? What shape does it have?",
)
def kernel_gradient_returned(self, output_gradient, learning_rate):
    """Your code returns the gradient of the kernels; the previous layer needs that of the input."""
    _, kernel_gradient = _gradients(self, output_gradient)
    _backward(self, output_gradient, learning_rate)
    return kernel_gradient


@misconception(
    "ex02/backward",
    "zeros returned",
    hint="Find the line that puts numbers into the array you return. Does it ever run?",
)
def zeros_returned(self, output_gradient, learning_rate):
    """Your code returns only zeros, so no layer before this one could ever learn."""
    return np.zeros(_backward(self, output_gradient, learning_rate).shape)


@misconception(
    "ex02/backward", "no return", hint="What does the previous layer get from your method?"
)
def backward_without_return(self, output_gradient, learning_rate):
    """Your method returns None: it takes the step, but does not return the input gradient."""
    _backward(self, output_gradient, learning_rate)


@misconception(
    "ex02/backward",
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
    "ex02/backward",
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
    "ex02/backward",
    "input gradient in the wrong mode",
    hint="G is smaller than X. In which mode is the result larger than G?",
)
def valid_input_gradient(self, output_gradient, learning_rate):
    """Your code does not use the mode "full" for the input gradient.

    The input is larger than the output gradient, and only "full" gives its shape, (H, W).
    """
    return _backward(
        self,
        output_gradient,
        learning_rate,
        to_input=lambda gradient, kernel, _: convolve2d(gradient, kernel, "valid"),
    )


@another_way(valid_input_gradient)
def same_input_gradient(self, output_gradient, learning_rate):
    return _backward(
        self,
        output_gradient,
        learning_rate,
        to_input=lambda gradient, kernel, _: convolve2d(gradient, kernel, "same"),
    )


@misconception(
    "ex02/backward",
    "kernel gradient in the wrong mode",
    hint="A kernel is k × k, X is H × W, G is (H - k + 1) × (W - k + 1). Which mode gives k × k?",
)
def full_kernel_gradient(self, output_gradient, learning_rate):
    """Your code does not use the mode "valid" for the kernel gradient, so it is too large.

    H - (H - k + 1) + 1 = k: only "valid" gives the kernel's shape.
    """
    return _backward(
        self,
        output_gradient,
        learning_rate,
        to_kernel=lambda channel, gradient, _: correlate2d(channel, gradient, "full"),
    )


@another_way(full_kernel_gradient)
def same_kernel_gradient(self, output_gradient, learning_rate):
    return _backward(
        self,
        output_gradient,
        learning_rate,
        to_kernel=lambda channel, gradient, _: correlate2d(channel, gradient, "same"),
    )


@misconception(
    "ex02/backward",
    "one bias for a whole map",
    hint="Print biases.shape: how many biases does one map have? What is the gradient of one of them?",
)
def bias_per_map(self, output_gradient, learning_rate):
    """Your code moves all biases of a map by the same amount, the sum (or mean) of its gradient.

    Many libraries have one bias for each map. In this course each output number has its own.
    """
    return _with_bias_gradient(
        self, output_gradient, learning_rate, np.sum(output_gradient, axis=(1, 2), keepdims=True)
    )


@another_way(bias_per_map)
def mean_bias_per_map(self, output_gradient, learning_rate):
    return _with_bias_gradient(
        self, output_gradient, learning_rate, np.mean(output_gradient, axis=(1, 2), keepdims=True)
    )


def _with_bias_gradient(layer, output_gradient, learning_rate, gradient):
    biases = layer.biases - learning_rate * gradient
    input_gradient = _backward(layer, output_gradient, learning_rate)
    layer.biases = biases
    return input_gradient


@misconception(
    "ex02/backward",
    "indices of the kernel swapped",
    hint="Print kernels.shape. Which index counts the maps, and which the channels?",
)
def swapped_indices(self, output_gradient, learning_rate):
    """Your code uses kernel (j, i) where it should use kernel (i, j).

    The first index of the kernels is the map, and the second is the channel.
    """
    input_gradient, kernel_gradient = _gradients(self, output_gradient)
    for i, j in np.ndindex(self.kernels.shape[:2]):
        kernel_gradient[j, i] = correlate2d(self.input[j], output_gradient[i], "valid")
    self.kernels = self.kernels - learning_rate * kernel_gradient
    return input_gradient


@another_way(swapped_indices)
def swapped_in_input_gradient(self, output_gradient, learning_rate):
    input_gradient = np.zeros(self.input.shape)
    for i, j in np.ndindex(self.kernels.shape[:2]):
        input_gradient[j] += convolve2d(output_gradient[i], self.kernels[j, i], "full")
    return input_gradient


@another_way(swapped_indices)
def swapped_map_and_channel(self, output_gradient, learning_rate):
    input_gradient = np.zeros(self.input.shape)
    for i, j in np.ndindex(self.kernels.shape[:2]):
        correlate2d(self.input[i], output_gradient[j], "valid")
        input_gradient[i] += convolve2d(output_gradient[j], self.kernels[i, j], "full")
    return input_gradient


@misconception(
    "ex02/backward",
    "step inside the loop",
    hint="Look at how far the lines with the step are indented. How often do they run in one call?",
)
def step_in_the_loop(self, output_gradient, learning_rate):
    """Your code takes the step inside the loops, so it takes many steps with unfinished gradients.

    Compute all gradients first, and take one step after the loops.
    """
    input_gradient, kernel_gradient = np.zeros(self.input.shape), np.zeros(self.kernels.shape)
    for i, j in np.ndindex(self.kernels.shape[:2]):
        kernel_gradient[i, j] = correlate2d(self.input[j], output_gradient[i], "valid")
        input_gradient[j] += convolve2d(output_gradient[i], self.kernels[i, j], "full")
        self.kernels = self.kernels - learning_rate * kernel_gradient
        self.biases = self.biases - learning_rate * output_gradient
    return input_gradient
