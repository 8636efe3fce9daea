import random

import numpy as np
from ex11_strided_convolution import pad
from layer import BatchLayer


def initial_kernels(shape, initialiser):
    f, c, r, s = shape
    if initialiser == "kaiming":
        std = (2 / (c * r * s)) ** 0.5
    elif initialiser == "xavier":
        std = (2 / ((c + f) * r * s)) ** 0.5
    else:
        raise ValueError(initialiser)
    kernels = np.zeros(shape)
    for index in np.ndindex(*shape):
        kernels[index] = random.gauss(0, std)
    return kernels


class Conv2D(BatchLayer):
    def __init__(
        self, in_channels, filters, filter_shape, stride=1, padding="valid", initialiser="kaiming"
    ):
        super().__init__()
        self.filter_shape = filter_shape
        self.stride = stride
        self.padding = padding
        shape = (filters, in_channels, *filter_shape)
        self.parameters["kernels"] = initial_kernels(shape, initialiser)
        self.parameters["bias"] = np.zeros(filters)

    def windows(self, padded):
        rows, columns = self.filter_shape
        for u, top in enumerate(range(0, padded.shape[2] - rows + 1, self.stride)):
            for v, left in enumerate(range(0, padded.shape[3] - columns + 1, self.stride)):
                yield u, v, top, left

    def forward(self, input, training=False):
        self.input = input
        kernels, bias = self.parameters["kernels"], self.parameters["bias"]
        padded, _ = pad(input, self.padding, self.filter_shape, self.stride)
        rows, columns = self.filter_shape
        *_, (u, v, _, _) = self.windows(padded)
        output = np.zeros((len(input), len(kernels), u + 1, v + 1), dtype=input.dtype)
        for n in range(len(input)):
            for f in range(len(kernels)):
                for u, v, top, left in self.windows(padded):
                    window = padded[n, :, top : top + rows, left : left + columns]
                    output[n, f, u, v] = np.sum(window * kernels[f]) + bias[f]
        return output

    def backward(self, output_gradient):
        kernels = self.parameters["kernels"]
        padded, ((top0, _), (left0, _)) = pad(
            self.input, self.padding, self.filter_shape, self.stride
        )
        rows, columns = self.filter_shape
        to_padded = np.zeros_like(padded)
        to_kernels = np.zeros_like(kernels)
        for n in range(len(padded)):
            for f in range(len(kernels)):
                for u, v, top, left in self.windows(padded):
                    g = output_gradient[n, f, u, v]
                    window = padded[n, :, top : top + rows, left : left + columns]
                    to_kernels[f] += g * window
                    to_padded[n, :, top : top + rows, left : left + columns] += g * kernels[f]
        self.gradients["kernels"] = to_kernels
        self.gradients["bias"] = np.sum(output_gradient, axis=(0, 2, 3))
        h, w = self.input.shape[2:]
        return to_padded[:, :, top0 : top0 + h, left0 : left0 + w]
