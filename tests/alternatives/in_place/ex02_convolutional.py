# Buffers are made once in the constructor and used again by every call.
import numpy as np
from layer import Layer
from scipy.signal import convolve2d, correlate2d


class Convolutional(Layer):
    def __init__(self, input_shape, kernel_size, depth):
        super().__init__()
        channels, height, width = input_shape
        rows, columns = height - kernel_size + 1, width - kernel_size + 1
        self.kernels = np.empty((depth, channels, kernel_size, kernel_size))
        self.kernels[...] = np.random.randn(*self.kernels.shape)
        np.multiply(self.kernels, np.sqrt(2 / (channels * kernel_size**2)), out=self.kernels)
        self.biases = np.zeros((depth, rows, columns))
        self.input = np.empty(input_shape)
        self.output = np.empty((depth, rows, columns))
        self.kernel_gradient = np.empty_like(self.kernels)
        self.input_gradient = np.empty(input_shape)

    def forward(self, input, training=False):
        self.input[...] = input
        np.copyto(self.output, self.biases)
        for (i, j), kernel in zip(
            np.ndindex(self.kernels.shape[:2]),
            self.kernels.reshape(-1, *self.kernels.shape[2:]),
            strict=True,
        ):
            self.output[i] += correlate2d(self.input[j], kernel, mode="valid")
        return self.output

    def backward(self, output_gradient, learning_rate):
        self.input_gradient.fill(0)
        for i, j in np.ndindex(self.kernels.shape[:2]):
            self.kernel_gradient[i, j] = correlate2d(self.input[j], output_gradient[i], "valid")
            self.input_gradient[j] += convolve2d(output_gradient[i], self.kernels[i, j], "full")
        self.kernel_gradient *= learning_rate
        np.subtract(self.kernels, self.kernel_gradient, out=self.kernels)
        self.biases -= learning_rate * output_gradient
        return self.input_gradient
