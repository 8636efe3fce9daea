"""Known mistakes of exercise 2, the convolutional layer."""

import numpy as np
from scipy.signal import convolve2d, correlate2d

from grader.misconceptions import misconception


def _pairs(layer):
    """Yield the indices i of a map and j of a channel, with the channel and the kernel (i, j)."""
    for i, j in np.ndindex(layer.kernels.shape[:2]):
        yield i, j, layer.input[j], layer.kernels[i, j]


def _add_correlations(layer):
    """Add to the output what belongs there besides the biases, and return it."""
    for i, _, channel, kernel in _pairs(layer):
        layer.output[i] += correlate2d(channel, kernel, "valid")
    return layer.output


def _gradients(layer, output_gradient, to_kernel=correlate2d, to_input=convolve2d):
    """Return the gradients of input and kernels, which are right unless others say how."""
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
    "ex02/forward",
    "convolution in place of cross-correlation",
    hint="Which of the two turns the kernel? Compare with the example of exercise 1.",
)
def turned_kernel(self, input, training=False):
    """The output is what convolve2d gives: the kernel has been turned by 180 degrees.

    The layer is called convolutional, but its forward pass is a cross-correlation.
    """
    self.input, self.output = input, self.biases.copy()
    for i, _, channel, kernel in _pairs(self):
        self.output[i] += convolve2d(channel, kernel, "valid")
    return self.output


@misconception(
    "ex02/forward", "biases forgotten", hint="What does the output start from, before the loops?"
)
def no_biases(self, input, training=False):
    """The output is the sum of the correlations alone: the biases are missing."""
    self.input, self.output = input, np.zeros(self.biases.shape)
    return _add_correlations(self)


@misconception(
    "ex02/forward",
    "biases added once per channel",
    hint="How often does the loop over the channels run, and how often should a bias be added?",
)
def biases_per_channel(self, input, training=False):
    """Each map has its biases as many times as there are input channels.

    The sum in the formula runs over the correlations; the biases stand before it, and count once.
    """
    self.input, self.output = input, len(input) * self.biases
    return _add_correlations(self)


@misconception(
    "ex02/forward",
    "biases at the start and again per channel",
    hint="Mark every line in which biases go into the output. How often is each of them run?",
)
def biases_again(self, input, training=False):
    """The output starts from the biases; they are added again with each channel. Once is enough."""
    self.input, self.output = input, self.biases + len(input) * self.biases
    return _add_correlations(self)


@misconception(
    "ex02/forward",
    "the output is the biases' own array",
    hint="Does an assignment such as a = b make a second array in Python? What else does?",
)
def output_is_the_biases(self, input, training=False):
    """The correlations are added to the very array that holds the biases.

    The first output is right, but the biases have changed with it, and the next output is wrong.
    """
    self.input, self.output = input, self.biases
    return _add_correlations(self)


@misconception(
    "ex02/forward",
    "the last channel overwrites the others",
    hint="What is in the output when the second channel's turn comes, and what becomes of it?",
)
def overwritten(self, input, training=False):
    """Each map holds its biases and the correlation with the last channel only.

    A map is the sum over all channels; here each channel replaces what the one before has left.
    """
    self.input, self.output = input, self.biases.copy()
    for i, _, channel, kernel in _pairs(self):
        self.output[i] = self.biases[i] + correlate2d(channel, kernel, "valid")
    return self.output


@misconception(
    "ex02/forward",
    "the last channel overwrites everything",
    hint="What is in the output before the loops begin, and what is left of it after them?",
)
def all_overwritten(self, input, training=False):
    """Each map holds the correlation with the last channel alone: that has replaced all the rest."""
    self.input, self.output = input, self.biases.copy()
    for i, _, channel, kernel in _pairs(self):
        self.output[i] = correlate2d(channel, kernel, "valid")
    return self.output


@misconception(
    "ex02/forward", "added into every map", hint="To which map does kernel (i, j) belong?"
)
def into_every_map(self, input, training=False):
    """Each correlation has been added to all maps: without the index of one, NumPy takes all."""
    self.input, self.output = input, self.biases.copy()
    for _, _, channel, kernel in _pairs(self):
        self.output += correlate2d(channel, kernel, "valid")
    return self.output


@misconception(
    "ex02/forward",
    "only the first channel is used",
    hint="Follow the arrows in the picture: how many of them lead into one map?",
)
def first_channel_only(self, input, training=False):
    """Each map holds its biases and the first channel's correlation; the others are missing."""
    self.input, self.output = input, self.biases.copy()
    for i, kernels in enumerate(self.kernels):
        self.output[i] += correlate2d(input[0], kernels[0], "valid")
    return self.output


@misconception(
    "ex02/forward",
    "no return",
    hint="What does a Python method give back when it ends without a return statement?",
)
def forward_without_return(self, input, training=False):
    """The method gives None back: it keeps the output, but does not return it."""
    self.input, self.output = input, self.biases.copy()
    _add_correlations(self)


@misconception(
    "ex02/forward",
    "input not kept",
    hint="The kernel gradient is X ⋆ G. Where does backward get its X from?",
)
def input_not_kept(self, input, training=False):
    """The output is right, but the input is forgotten, and backward cannot do without it."""
    kept, self.input, self.output = self.input, input, self.biases.copy()
    _add_correlations(self)
    self.input = kept
    return self.output


@misconception(
    "ex02/backward",
    "full correlation in place of full convolution",
    hint="The derivation ends with k[r - u, s - v]. What do the minus signs mean for the kernel?",
)
def correlated_input_gradient(self, output_gradient, learning_rate):
    """The input gradient is a full correlation of the output gradient with the kernels.

    Each output sends its gradient back through the kernel that made it, which is a convolution: the
    kernel has to be turned by 180 degrees.
    """
    return _backward(self, output_gradient, learning_rate, to_input=correlate2d)


@misconception(
    "ex02/backward",
    "input gradient assigned, not summed",
    hint="How many maps does a number of the input go into, and does each of them send something?",
)
def assigned_input_gradient(self, output_gradient, learning_rate):
    """The input gradient holds what the last map sends back; the other maps are lost.

    Each number of the input enters every map, so what the maps send back has to be added up.
    """
    kernel = self.kernels[-1]
    _backward(self, output_gradient, learning_rate)
    return np.array([convolve2d(output_gradient[-1], one, "full") for one in kernel])


@misconception(
    "ex02/backward",
    "every channel through the first channel's kernel",
    hint="Which two indices has the kernel through which channel j went into map i?",
)
def first_kernel_for_all(self, output_gradient, learning_rate):
    """The input gradient of every channel has been computed with the kernels of the first channel.

    Channel j went into map i through kernel (i, j), and its gradient comes back the same way.
    """
    input_gradient = _backward(self, output_gradient, learning_rate)
    return np.zeros(input_gradient.shape) + input_gradient[0]


@misconception(
    "ex02/backward",
    "input gradient after the update",
    hint="Which kernels made the output: the ones before the step, or the ones after it?",
)
def input_gradient_after_the_update(self, output_gradient, learning_rate):
    """The input gradient has been computed with kernels that had already moved.

    The gradient belongs to the kernels that made the output, so the step has to come last.
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
    """The kernel gradient is a convolution of the input with the output gradient.

    There are only plus signs in its formula, which makes it a correlation.
    """
    return _backward(self, output_gradient, learning_rate, to_kernel=convolve2d)


@misconception(
    "ex02/backward",
    "kernel gradient turned by 180 degrees",
    hint="Is correlate2d(a, b) the same as correlate2d(b, a)? Try it with small arrays.",
)
def turned_kernel_gradient(self, output_gradient, learning_rate):
    """The kernel gradient has the right numbers in reverse order.

    This comes of giving correlate2d the output gradient first: in mode valid SciPy slides the
    smaller array over the larger one all the same, and returns the result turned by 180 degrees.
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
    """The gradients of all the kernels of a map come from the first channel of the input.

    Kernel (i, j) has seen channel j, so its gradient comes from that one.
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
    hint="Should the error get larger or smaller by the step? In which direction does it grow?",
)
def uphill(self, output_gradient, learning_rate):
    """The step goes along the gradient, where the error grows; descent goes against it."""
    return _backward(self, output_gradient, -learning_rate)


@misconception(
    "ex02/backward",
    "learning rate left out",
    hint="Which arguments has backward, and where do you use each of them?",
)
def no_learning_rate(self, output_gradient, learning_rate):
    """The step is the whole gradient: it has not been multiplied by the learning rate."""
    return _backward(self, output_gradient, 1)


@misconception(
    "ex02/backward",
    "two steps in place of one",
    hint="Mark every line that changes a parameter. How often is each of them run in one call?",
)
def two_steps(self, output_gradient, learning_rate):
    """The step has been taken twice, for example in a loop over two channels, or in and after it."""
    return _backward(self, output_gradient, 2 * learning_rate)


@misconception(
    "ex02/backward",
    "parameters do not move",
    hint="How would the layer learn? Print kernels and biases before and after the call.",
)
def no_step(self, output_gradient, learning_rate):
    """After the call a parameter is just as it was before: there has been no step for it."""
    return _backward(self, output_gradient, 0)


@misconception(
    "ex02/backward",
    "biases moved by a sum",
    hint="The biases have the output's shape. What is the gradient of a single one of them?",
)
def summed_bias_gradient(self, output_gradient, learning_rate):
    """All biases move by the same sum, but each bias enters only one number of the output."""
    biases = self.biases - learning_rate * np.sum(output_gradient)
    input_gradient = _backward(self, output_gradient, learning_rate)
    self.biases = biases
    return input_gradient


@misconception(
    "ex02/backward",
    "kernel gradient returned",
    hint="Which of the gradients does the layer before need? What shape does it have?",
)
def kernel_gradient_returned(self, output_gradient, learning_rate):
    """What comes back is the gradient of the kernels; the layer before needs that of the input."""
    _, kernel_gradient = _gradients(self, output_gradient)
    _backward(self, output_gradient, learning_rate)
    return kernel_gradient


@misconception(
    "ex02/backward",
    "zeros returned",
    hint="Find the line that puts numbers into the array which you return. Is it ever run?",
)
def zeros_returned(self, output_gradient, learning_rate):
    """The returned gradient is all zeros, so that no layer before this one would ever learn."""
    return np.zeros(_backward(self, output_gradient, learning_rate).shape)


@misconception(
    "ex02/backward", "no return", hint="What does the layer before this one get from you?"
)
def backward_without_return(self, output_gradient, learning_rate):
    """The method gives None back: it learns, but does not return the input gradient."""
    _backward(self, output_gradient, learning_rate)


@misconception(
    "ex02/backward",
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
    "ex02/backward",
    "output gradient multiplied by the learning rate first",
    hint="What is the learning rate for: for the parameters' steps, or for what is passed on?",
)
def all_in_place(self, output_gradient, learning_rate):
    """The output gradient is multiplied by the learning rate in place, before all the rest.

    So the returned gradient is too small, and the array of the next layer has changed as well.
    """
    output_gradient *= learning_rate
    return _backward(self, output_gradient, 1)
