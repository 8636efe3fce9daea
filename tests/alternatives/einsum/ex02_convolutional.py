# One einsum for each equation; what is kept of the input is a read-only view of its windows.
import numpy as np
from layer import Layer
from numpy.lib.stride_tricks import sliding_window_view


class Convolutional(Layer):
    def __init__(self, input_shape, kernel_size, depth):
        super().__init__()
        c, h, w = input_shape
        k = kernel_size
        self.kernels = np.random.normal(scale=(2 / (c * k * k)) ** 0.5, size=(depth, c, k, k))
        self.biases = np.zeros((depth, h - k + 1, w - k + 1))

    def forward(self, input, training=False):
        self.windows = sliding_window_view(input, self.kernels.shape[2:], axis=(1, 2))
        return self.biases + np.einsum("cuvab,dcab->duv", self.windows, self.kernels)

    def backward(self, output_gradient, learning_rate):
        k = self.kernels.shape[-1]
        border = (k - 1, k - 1)
        padded = np.pad(output_gradient, [(0, 0), border, border])
        spread = sliding_window_view(padded, (k, k), axis=(1, 2))
        input_gradient = np.einsum("duvab,dcab->cuv", spread, self.kernels[..., ::-1, ::-1])
        kernel_gradient = np.einsum("duv,cuvab->dcab", output_gradient, self.windows)
        self.kernels = self.kernels - learning_rate * kernel_gradient
        self.biases = self.biases - learning_rate * output_gradient
        return input_gradient
