"""Known mistakes of exercise 2: the forward pass of the convolutional layer."""

import numpy as np
from scipy.signal import convolve2d, correlate2d

from grader.misconceptions import another_way, misconception


def _pairs(layer):
    """Yield the indices i of a map and j of a channel, with the channel and the kernel (i, j)."""
    for i, j in np.ndindex(layer.kernels.shape[:2]):
        yield i, j, layer.input[j], layer.kernels[i, j]


def _add_correlations(layer):
    """Add the correlations to the output, which contains the biases, and return it."""
    for i, _, channel, kernel in _pairs(layer):
        layer.output[i] += correlate2d(channel, kernel, "valid")
    return layer.output


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
    "ex02/forward",
    "indices of the kernel swapped",
    hint="Print kernels.shape. Which index counts the maps, and which the channels?",
)
def swapped_indices(self, input, training=False):
    """Your code uses kernel (j, i) where it should use kernel (i, j).

    The first index of the kernels is the map, and the second is the channel.
    """
    self.input, self.output = input, self.biases.copy()
    for i, j in np.ndindex(self.kernels.shape[:2]):
        self.output[i] += correlate2d(input[j], self.kernels[j, i], "valid")
    return self.output


@another_way(swapped_indices)
def swapped_loops(self, input, training=False):
    self.input, self.output = input, self.biases.copy()
    for j, i in np.ndindex(self.kernels.shape[:2]):
        self.output[i] += correlate2d(input[j], self.kernels[i, j], "valid")
    return self.output


@another_way(swapped_indices)
def swapped_map_and_channel(self, input, training=False):
    self.input, self.output = input, self.biases.copy()
    for i, j in np.ndindex(self.kernels.shape[:2]):
        self.output[j] += correlate2d(input[i], self.kernels[i, j], "valid")
    return self.output


@misconception(
    "ex02/forward",
    "the wrong mode",
    hint="Which of the modes gives an output of H - k + 1 rows?",
)
def mode_full(self, input, training=False):
    """Your code correlates in another mode than "valid", so the result is larger than a map.

    A map has the shape (H - k + 1, W - k + 1): the kernel stays inside the channel.
    """
    return _in_mode(self, input, "full")


@another_way(mode_full)
def mode_same(self, input, training=False):
    return _in_mode(self, input, "same")


def _in_mode(layer, input, mode):
    layer.input, layer.output = input, layer.biases.copy()
    for i, _, channel, kernel in _pairs(layer):
        layer.output[i] += correlate2d(channel, kernel, mode)
    return layer.output


@misconception(
    "ex02/forward",
    "kernel and channel swapped",
    hint="Is correlate2d(a, b) the same as correlate2d(b, a)? Try it with small arrays.",
)
def kernel_first(self, input, training=False):
    """Your code passes the kernel to correlate2d first, and the channel second.

    In mode "valid" SciPy still slides the smaller array over the larger one, but returns the result
    rotated by 180 degrees.
    """
    self.input, self.output = input, self.biases.copy()
    for i, _, channel, kernel in _pairs(self):
        self.output[i] += correlate2d(kernel, channel, "valid")
    return self.output


@misconception(
    "ex02/forward",
    "an output that holds whole numbers",
    hint="np.zeros_like creates an array of the same data type. What if the input contains integers?",
)
def whole_numbers(self, input, training=False):
    """For an image of integers, your output loses everything after the decimal point.

    Your code stores it in an array of the input's data type, or of an integer type.
    """
    self.input, self.output = input, self.biases.copy()
    self.output = _add_correlations(self).astype(input.dtype)
    return self.output


@another_way(whole_numbers)
def always_whole_numbers(self, input, training=False):
    self.input, self.output = input, self.biases.copy()
    self.output = _add_correlations(self).astype(int)
    return self.output


@misconception(
    "ex02/forward",
    "product of numbers in place of a correlation",
    hint="What does the star in the formula stand for? Exercise 1 has the definition.",
)
def product(self, input, training=False):
    """Your code multiplies channel and kernel; it should correlate them."""
    self.input, self.output = input, self.biases.copy()
    for i, _, channel, kernel in _pairs(self):
        self.output[i] += channel * kernel
    return self.output


@another_way(product)
def matrix_product(self, input, training=False):
    self.input, self.output = input, self.biases.copy()
    for i, _, channel, kernel in _pairs(self):
        self.output[i] += channel @ kernel
    return self.output
