"""Known mistakes of exercise 2, the convolutional layer."""

import numpy as np
from scipy.signal import convolve2d, correlate2d

from grader.misconceptions import misconception


def _pairs(layer):
    """Yield the indices i of a map and j of a channel, with the channel and the kernel (i, j)."""
    for i, j in np.ndindex(layer.kernels.shape[:2]):
        yield i, j, layer.input[j], layer.kernels[i, j]


def _add_correlations(layer):
    """Add the correlations to the output, which contains the biases, and return it."""
    for i, _, channel, kernel in _pairs(layer):
        layer.output[i] += correlate2d(channel, kernel, "valid")
    return layer.output


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
    "ex02/forward",
    "convolution in place of cross-correlation",
    hint="Which of the two operations rotates the kernel? Compare with the example in exercise 1.",
)
def turned_kernel(self, input, training=False):
    """Your output is that of convolve2d: the kernel was rotated by 180 degrees.

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
    """Your output is only the sum of the correlations: the biases are missing."""
    self.input, self.output = input, np.zeros(self.biases.shape)
    return _add_correlations(self)


@misconception(
    "ex02/forward",
    "biases added once per channel",
    hint="How often does the loop over the channels run, and how often should you add a bias?",
)
def biases_per_channel(self, input, training=False):
    """Your code adds the biases of a map once for each input channel.

    In the formula, the sum runs over the correlations only. The biases come before it and are added
    once.
    """
    self.input, self.output = input, len(input) * self.biases
    return _add_correlations(self)


@misconception(
    "ex02/forward",
    "biases at the start and again per channel",
    hint="Mark every line that puts biases into the output. How often does each of them run?",
)
def biases_again(self, input, training=False):
    """Your output starts from the biases, and then adds them again for each channel. Add them once."""
    self.input, self.output = input, self.biases + len(input) * self.biases
    return _add_correlations(self)


@misconception(
    "ex02/forward",
    "the output is the biases' own array",
    hint="Does an assignment such as a = b create a second array in Python? What does?",
)
def output_is_the_biases(self, input, training=False):
    """Your code adds the correlations to the array of the biases itself.

    The first output is right, but the biases change with it, so the next output is wrong.
    """
    self.input, self.output = input, self.biases
    return _add_correlations(self)


@misconception(
    "ex02/forward",
    "the last channel overwrites the others",
    hint="What does the output contain before you process the second channel? What happens to it then?",
)
def overwritten(self, input, training=False):
    """Each of your maps contains its biases and the correlation with the last channel only.

    A map is the sum over all channels, but your code replaces the result of one channel with that
    of the next.
    """
    self.input, self.output = input, self.biases.copy()
    for i, _, channel, kernel in _pairs(self):
        self.output[i] = self.biases[i] + correlate2d(channel, kernel, "valid")
    return self.output


@misconception(
    "ex02/forward",
    "the last channel overwrites everything",
    hint="What does the output contain before the loops begin, and what is left of it after them?",
)
def all_overwritten(self, input, training=False):
    """Each of your maps is only the correlation with the last channel, which overwrites the rest."""
    self.input, self.output = input, self.biases.copy()
    for i, _, channel, kernel in _pairs(self):
        self.output[i] = correlate2d(channel, kernel, "valid")
    return self.output


@misconception(
    "ex02/forward", "added into every map", hint="To which map does kernel (i, j) belong?"
)
def into_every_map(self, input, training=False):
    """Your code adds each correlation to all maps: without the index of a map, NumPy uses all."""
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
    """Each of your maps contains its biases and the first channel's correlation, but no others."""
    self.input, self.output = input, self.biases.copy()
    for i, kernels in enumerate(self.kernels):
        self.output[i] += correlate2d(input[0], kernels[0], "valid")
    return self.output


@misconception(
    "ex02/forward",
    "no return",
    hint="What does a Python method return when it ends without a return statement?",
)
def forward_without_return(self, input, training=False):
    """Your method returns None: it stores the output, but does not return it."""
    self.input, self.output = input, self.biases.copy()
    _add_correlations(self)


@misconception(
    "ex02/forward",
    "input not kept",
    hint="The kernel gradient is X ⋆ G. Where does backward get its X from?",
)
def input_not_kept(self, input, training=False):
    """The output is right, but your code does not store the input, which backward needs."""
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
