import numpy as np
from ex11_strided_convolution import pad
from layer import BatchLayer
from numpy.lib.stride_tricks import sliding_window_view


def initial_kernels(shape, initialiser):
    filters, channels, rows, columns = shape
    fans = {"kaiming": channels, "xavier": channels + filters}
    limit = np.sqrt(6 / (fans[initialiser] * rows * columns))
    return np.random.default_rng().uniform(-limit, limit, shape)


class Conv2D(BatchLayer):
    def __init__(
        self, in_channels, filters, filter_shape, stride=1, padding="valid", initialiser="kaiming"
    ):
        self.filter_shape, self.stride, self.padding = filter_shape, stride, padding
        self.parameters = {
            "kernels": initial_kernels((filters, in_channels, *filter_shape), initialiser),
            "bias": np.zeros(filters),
        }
        self.gradients = {}

    def forward(self, input, training=False):
        padded, self.widths = pad(input, self.padding, self.filter_shape, self.stride)
        views = sliding_window_view(padded, self.filter_shape, axis=(2, 3))
        self.input, self.padded = input, padded
        self.views = views[:, :, :: self.stride, :: self.stride]
        output = np.einsum("ncuvad,fcad->nfuv", self.views, self.parameters["kernels"])
        return output + self.parameters["bias"][:, None, None]

    def backward(self, output_gradient):
        self.forward(self.input)
        kernels = self.parameters["kernels"]
        self.gradients = {
            "kernels": np.einsum("nfuv,ncuvad->fcad", output_gradient, self.views),
            "bias": np.einsum("nfuv->f", output_gradient),
        }
        gradient = np.zeros_like(self.padded)
        writable = sliding_window_view(gradient, self.filter_shape, axis=(2, 3), writeable=True)
        spread = np.einsum("nfuv,fcad->ncuvad", output_gradient, kernels)
        for a, d in np.ndindex(*self.filter_shape):
            writable[:, :, :: self.stride, :: self.stride, a, d] += spread[..., a, d]
        (top, bottom), (left, right) = self.widths
        height, width = gradient.shape[2:]
        return gradient[:, :, top : height - bottom, left : width - right]
