"""Known mistakes of exercise 13, the convolutional layer for batches."""

import numpy as np

from grader.checking import conv2d_oracles
from grader.misconceptions import another_way, misconception
from grader.misconceptions.reference import ex13_conv2d as right


def _output(layer, x, *, kernels=None, bias=None, stride=None, padding=None):
    """Return a layer's output with some of its settings replaced, and store its input."""
    layer.input = x
    output = conv2d_oracles.forward(
        x,
        layer.parameters["kernels"] if kernels is None else kernels,
        layer.parameters["bias"] if bias is None else bias,
        stride or layer.stride,
        layer.padding if padding is None else padding,
    )
    return output.astype(x.dtype)


def _backward(layer, output_gradient):
    """Store the right gradients, and return the input's."""
    return right.Conv2D.backward(layer, output_gradient)


def _padded_gradient(layer, output_gradient):
    """Return the gradient of the padded images, and the widths of the padding."""
    padded, widths = conv2d_oracles.pad(
        layer.input, layer.padding, layer.filter_shape, layer.stride
    )
    kernels = layer.parameters["kernels"]
    gradients = conv2d_oracles.gradients(padded, kernels, output_gradient, layer.stride, "valid")
    return gradients.input.astype(kernels.dtype), widths


@misconception(
    "ex13/initial_kernels",
    "channels left out of the fan-in",
    hint="Over how many channels does one output sum?",
)
def without_channels(shape, initialiser):
    """Your fan-in is R times S.

    Each output also sums over the channels, so it is C times as large.
    """
    filters, _, rows, columns = shape
    return right.initial_kernels((filters, 1, rows, columns), initialiser) * np.ones(shape)


@another_way(without_channels)
def without_channels_for_each(shape, initialiser):
    """The same with random numbers for every channel."""
    filters, _, rows, columns = shape
    fan_in, fan_out = right.fans((filters, 1, rows, columns))
    total = fan_in if initialiser == "kaiming" else fan_in + fan_out
    return np.random.randn(*shape) * np.sqrt(2 / total)


@misconception(
    "ex13/initial_kernels",
    "variance in place of standard deviation",
    hint="If you multiply numbers by c, what is their variance multiplied by?",
)
def variance(shape, initialiser):
    """Your code multiplies by the variance that the kernels should have, not by its square root."""
    fan_in, fan_out = right.fans(shape)
    return np.random.randn(*shape) * 2 / (fan_in if initialiser == "kaiming" else fan_in + fan_out)


@misconception(
    "ex13/initial_kernels",
    "fan-in and fan-out exchanged",
    hint="In (F, C, R, S), which is the number of kernels, and which that of channels?",
)
def fan_out(shape, initialiser):
    """Your code takes the number of kernels for that of channels: its fan-in is the fan-out."""
    fan_in, fan_out = right.fans(shape)
    total = fan_out if initialiser == "kaiming" else fan_in + fan_out
    return np.random.randn(*shape) * np.sqrt(2 / total)


@misconception("ex13/forward", "padding left out", hint="What does your code do with self.padding?")
def not_padded(self, input, training=False):
    """Your windows stay inside the image, whatever the padding is."""
    return _output(self, input, padding="valid")


@misconception("ex13/forward", "stride left out", hint="How many windows are there with stride 2?")
def no_stride(self, input, training=False):
    """Your windows always move by one pixel."""
    return _output(self, input, stride=1)


@misconception("ex13/forward", "bias left out", hint="What is added to each row of the product?")
def no_bias(self, input, training=False):
    """Your output is that of the kernels alone; the bias of each kernel is missing."""
    return _output(self, input, bias=0 * self.parameters["bias"])


@misconception(
    "ex13/forward",
    "convolution instead of correlation",
    hint="Does place (0, 0) of the kernel meet the first pixel of the window, or the last?",
)
def convolved(self, input, training=False):
    """Your kernels are turned by 180 degrees: this is a convolution. The layer correlates."""
    return _output(self, input, kernels=self.parameters["kernels"][:, :, ::-1, ::-1])


@misconception(
    "ex13/forward",
    "images and kernels mixed by reshape",
    hint="Is the first axis of the product that of the kernels, or that of the images?",
)
def reshaped(self, input, training=False):
    """You reshape the product to (N, F, H', W') directly, which mixes up images and kernels.

    Its rows belong to kernels: reshape to (F, N, H', W'), and exchange the first two axes.
    """
    output = _output(self, input)
    return np.ascontiguousarray(output.swapaxes(0, 1)).reshape(output.shape)


@misconception(
    "ex13/forward",
    "kernels before images",
    hint="The output has the shape (N, F, H', W'). Which of your axes is the first?",
)
def not_swapped(self, input, training=False):
    """Your output has the shape (F, N, H', W'): its first two axes have to be exchanged."""
    return _output(self, input).swapaxes(0, 1)


@misconception(
    "ex13/backward",
    "divided by the batch",
    hint="Who has divided by N already?",
)
def averaged(self, output_gradient):
    """Your gradients are means over the batch. The loss has divided by N, so the layer must not."""
    to_input = _backward(self, output_gradient)
    for gradient in self.gradients.values():
        gradient /= len(output_gradient)
    return to_input


@misconception(
    "ex13/backward",
    "padding not cut off",
    hint="Compare the shape of what you return with that of the input.",
    by_kind=True,
)
def not_trimmed(self, output_gradient):
    """You return the gradient of the padded images.

    The zeros of the padding are no input: cut them off.
    """
    _backward(self, output_gradient)
    return _padded_gradient(self, output_gradient)[0]


@misconception(
    "ex13/backward",
    "padding cut off at one end",
    hint="At which row of the padded image does the image begin?",
)
def trimmed_at_the_end(self, output_gradient):
    """You cut all of the padding off below and on the right.

    The image begins after the zeros above it.
    """
    _backward(self, output_gradient)
    height, width = self.input.shape[2:]
    return _padded_gradient(self, output_gradient)[0][:, :, :height, :width]


@misconception(
    "ex13/backward",
    "output gradient mixed up by reshape",
    hint="Print the shape of the output gradient before you reshape it. Does the kernel come first?",
)
def sent_mixed(self, output_gradient):
    """You reshape the output gradient to F rows directly, which mixes up images and kernels.

    Exchange its first two axes before.
    """
    n, f, *size = output_gradient.shape
    mixed = output_gradient.reshape(f, n, *size).swapaxes(0, 1)
    return _backward(self, mixed)


@misconception(
    "ex13/backward",
    "gradients accumulated",
    hint="What is in the dictionary when backward is called for the second time?",
)
def accumulated(self, output_gradient):
    """Your gradients are added to those of the last call. Each call of backward starts afresh."""
    before = {name: np.copy(gradient) for name, gradient in self.gradients.items()}
    to_input = _backward(self, output_gradient)
    for name, gradient in before.items():
        self.gradients[name] = self.gradients[name] + gradient
    return to_input


@misconception(
    "ex13/backward",
    "the layer takes the step",
    hint="Who changes the parameters of a `BatchLayer`?",
)
def stepped(self, output_gradient):
    """Your backward changes the parameters.

    It only stores gradients; an optimiser takes the step.
    """
    to_input = _backward(self, output_gradient)
    for name, gradient in self.gradients.items():
        self.parameters[name] = self.parameters[name] - 0.01 * gradient
    return to_input


@misconception(
    "ex13/backward",
    "assigned instead of added",
    hint="A pixel is in several windows. What happens to the first one when the second is written?",
)
def assigned(self, output_gradient):
    """Each pixel's gradient is that of one window only. Those of all windows should be added up."""
    _backward(self, output_gradient)
    kernels = self.parameters["kernels"]
    padded, ((top, _), (left, _)) = conv2d_oracles.pad(
        self.input, self.padding, self.filter_shape, self.stride
    )
    gradient = np.zeros_like(padded)
    down, across = output_gradient.shape[2:]
    for a, d in np.ndindex(*self.filter_shape):
        rows = slice(a, a + self.stride * down, self.stride)
        columns = slice(d, d + self.stride * across, self.stride)
        sent = np.einsum("nfuv,fc->ncuv", output_gradient, kernels[:, :, a, d])
        gradient[:, :, rows, columns] = sent
    height, width = self.input.shape[2:]
    return gradient[:, :, top : top + height, left : left + width]


@misconception(
    "ex13/backward",
    "mean over the positions for the bias",
    hint="A bias is added at every position. Do its influences add up, or are they averaged?",
)
def bias_mean(self, output_gradient):
    """Your bias gradient is divided by the number of positions. They add up."""
    to_input = _backward(self, output_gradient)
    self.gradients["bias"] = output_gradient.mean(axis=(2, 3)).sum(axis=0)
    return to_input


@another_way(bias_mean)
def bias_mean_of_all(self, output_gradient):
    """The mean over samples and positions."""
    to_input = _backward(self, output_gradient)
    self.gradients["bias"] = output_gradient.mean(axis=(0, 2, 3))
    return to_input


@misconception(
    "ex13/backward",
    "input gradient with the turned kernel",
    hint="Each output sends its gradient back through the places that met the pixels. Is one turned?",
)
def turned(self, output_gradient):
    """Your input gradient belongs to kernels turned by 180 degrees."""
    _backward(self, output_gradient)
    kernels = self.parameters["kernels"][:, :, ::-1, ::-1]
    gradients = conv2d_oracles.gradients(
        self.input, kernels, output_gradient, self.stride, self.padding
    )
    return gradients.input.astype(kernels.dtype)
