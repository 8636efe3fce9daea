"""Known mistakes of exercise 10, the convolution of a batch."""

import numpy as np

from grader.misconceptions import another_way, misconception
from grader.misconceptions.reference import ex10_batch_convolution as right


def _turned(array):
    """Return an array with its last two axes turned by 180 degrees."""
    return array[..., ::-1, ::-1]


@misconception(
    "ex10/forward",
    "convolution instead of correlation",
    hint="In equation (1), do the indices of the image run in the same direction as the kernel's?",
)
def convolved(x, kernels, bias):
    """Your kernels are turned by 180 degrees: this is a convolution. The layer correlates."""
    return right.conv2d_forward(x, _turned(kernels), bias)


@misconception(
    "ex10/forward",
    "bias left out",
    hint="Which letter of equation (1) stands before the sums?",
)
def no_bias(x, kernels, bias):
    """Your output is that of the kernels alone; the bias of each kernel is missing."""
    return right.conv2d_forward(x, kernels, 0 * bias)


@misconception(
    "ex10/forward",
    "bias added for each channel",
    hint="Is the bias inside the sum over the channels, or in front of it?",
)
def bias_for_each_channel(x, kernels, bias):
    """Your code adds the bias once for each channel. A map has one, however many channels there are."""
    return right.conv2d_forward(x, kernels, x.shape[1] * bias)


@misconception(
    "ex10/forward",
    "only one channel counts",
    hint="When you come to the next channel, what happens to what the last one gave?",
)
def last_channel(x, kernels, bias):
    """Your maps hold the correlation of one channel only: assigned, where it should be added."""
    return right.conv2d_forward(x[:, -1:], kernels[:, -1:], bias)


@another_way(last_channel)
def first_channel(x, kernels, bias):
    """The same with the first channel."""
    return right.conv2d_forward(x[:, :1], kernels[:, :1], bias)


@misconception(
    "ex10/forward",
    "samples are added up",
    hint="Which indices of equation (1) are summed? Is n among them?",
)
def samples_added(x, kernels, bias):
    """Each of your outputs contains the other samples as well. The samples of a batch do not mix."""
    output = right.conv2d_forward(x, kernels, 0 * bias)
    mixed = np.broadcast_to(output.sum(axis=0), output.shape)
    return mixed + bias[:, np.newaxis, np.newaxis]


@misconception(
    "ex10/forward",
    "the same image for the whole batch",
    hint="Inside the loop over the samples, which image does your code look at?",
)
def first_sample(x, kernels, bias):
    """All your outputs are those of the first image. Output n belongs to image n."""
    return np.repeat(right.conv2d_forward(x[:1], kernels, bias), len(x), axis=0)


@misconception(
    "ex10/kernel_gradient",
    "sum over the batch, not mean",
    hint="What stands before the sums in equation (2)?",
)
def summed_kernels(output_gradient, x):
    """Your gradient is N times too large: the sum over the batch, where the text asks for the mean."""
    return len(x) * right.conv2d_kernel_gradient(output_gradient, x)


@misconception(
    "ex10/kernel_gradient",
    "turned by 180 degrees",
    hint="Which of the two arrays is the larger one, and which place has it among the arguments? "
    "Read 'A trap' again.",
)
def turned_kernels(output_gradient, x):
    """Your gradient has the right numbers, turned by 180 degrees.

    This happens if the output gradient comes first in SciPy's correlation, or if you convolve.
    """
    return _turned(right.conv2d_kernel_gradient(output_gradient, x))


@another_way(turned_kernels)
def turned_and_summed(output_gradient, x):
    """The same, summed over the batch."""
    return len(x) * _turned(right.conv2d_kernel_gradient(output_gradient, x))


@misconception(
    "ex10/kernel_gradient",
    "mean over the positions, too",
    hint="A weight is used at every position. Do its influences add up, or are they averaged?",
)
def mean_over_positions(output_gradient, x):
    """Your gradient is also divided by the number of output positions.

    The mean is over the samples alone; over the positions of a map, the influences add up.
    """
    positions = output_gradient[0, 0].size
    return right.conv2d_kernel_gradient(output_gradient, x) / positions


@misconception(
    "ex10/kernel_gradient",
    "only the last sample",
    hint="When you come to the next sample, what happens to the gradient of the one before?",
)
def last_sample(output_gradient, x):
    """Your gradient contains one sample only: assigned, where it should be added up."""
    return right.conv2d_kernel_gradient(output_gradient[-1:], x[-1:])


@another_way(last_sample)
def last_sample_divided(output_gradient, x):
    """The same, divided by the number of samples."""
    return right.conv2d_kernel_gradient(output_gradient[-1:], x[-1:]) / len(x)


@misconception(
    "ex10/kernel_gradient",
    "filters and channels swapped",
    hint="Which index of the result counts the kernels, and which the channels?",
    by_kind=True,
)
def swapped_axes(output_gradient, x):
    """The first two axes of your gradient are swapped: the kernels come first, then their channels."""
    return right.conv2d_kernel_gradient(output_gradient, x).swapaxes(0, 1)


@misconception(
    "ex10/bias_gradient",
    "sum over the batch, not mean",
    hint="What stands before the sums in equation (3)?",
)
def summed_bias(output_gradient):
    """Your gradient is N times too large: the sum over the batch, where the text asks for the mean."""
    return output_gradient.sum(axis=(0, 2, 3))


@misconception(
    "ex10/bias_gradient",
    "mean over the positions, too",
    hint="A bias is added at every position of its map. Do its influences add up?",
)
def mean_of_everything(output_gradient):
    """Your gradient is also divided by the number of positions. Over these, the influences add up."""
    return output_gradient.mean(axis=(0, 2, 3))


@misconception(
    "ex10/bias_gradient",
    "a bias for each position",
    hint="How many biases does one kernel have in this exercise?",
    by_kind=True,
)
def bias_for_each_position(output_gradient):
    """Your gradient has a number for each position, as in exercise 2. Here, a kernel has one bias."""
    return output_gradient.mean(axis=0)


@misconception(
    "ex10/bias_gradient",
    "a gradient for each sample",
    hint="All samples share the bias. Which axis is left over in your result?",
    by_kind=True,
)
def bias_for_each_sample(output_gradient):
    """Your gradient has a row for each sample. All samples share the biases, so take their mean."""
    return output_gradient.sum(axis=(2, 3))


@misconception(
    "ex10/input_gradient",
    "divided by the batch size",
    hint="Does equation (4) have a sum over n? How many samples does one pixel belong to?",
)
def divided_input(output_gradient, kernels):
    """Your gradient is divided by N. A pixel belongs to one sample, and so does its gradient."""
    return right.conv2d_input_gradient(output_gradient, kernels) / len(output_gradient)


@misconception(
    "ex10/input_gradient",
    "correlation in place of convolution",
    hint="Equation (4) has k[c, r - u, s - v]. What do the minus signs mean for the kernel?",
)
def correlated_input(output_gradient, kernels):
    """Your gradient is a full correlation with the kernels. The way back turns them by 180 degrees."""
    return right.conv2d_input_gradient(output_gradient, _turned(kernels))


@misconception(
    "ex10/input_gradient",
    "only one kernel counts",
    hint="How many maps does a pixel enter, and what does each of them send back?",
)
def last_kernel(output_gradient, kernels):
    """Your gradient is what one kernel sends back; add up what all of them send."""
    return right.conv2d_input_gradient(output_gradient[:, -1:], kernels[-1:])


@another_way(last_kernel)
def first_kernel(output_gradient, kernels):
    """The same with the first kernel."""
    return right.conv2d_input_gradient(output_gradient[:, :1], kernels[:1])


@misconception(
    "ex10/input_gradient",
    "the part without padding",
    hint="Near its edge, an image has pixels that few windows see. Where are they in your result?",
    by_kind=True,
)
def same_size(output_gradient, kernels):
    """Your gradient has the size of the output. It should have that of the image: use mode full."""
    gradient = right.conv2d_input_gradient(output_gradient, kernels)
    return gradient[:, :, : output_gradient.shape[2], : output_gradient.shape[3]]
