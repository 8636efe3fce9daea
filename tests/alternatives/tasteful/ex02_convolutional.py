# Uses its own exercise 1; He's variance from a uniform distribution.
import numpy as np
from ex01_correlate import convolve2d, correlate2d
from layer import Layer


class Convolutional(Layer):
    def __init__(self, input_shape, kernel_size, depth):
        super().__init__()
        channels, height, width = input_shape
        limit = np.sqrt(6 / (channels * kernel_size**2))
        rng = np.random.default_rng()
        self.kernels = rng.uniform(-limit, limit, (depth, channels, kernel_size, kernel_size))
        self.biases = rng.uniform(
            -0.01, 0.01, (depth, height - kernel_size + 1, width - kernel_size + 1)
        )

    def forward(self, input, training=False):
        self.input = np.copy(input)
        self.output = np.copy(self.biases)
        for j in range(len(input)):
            for i in range(len(self.kernels)):
                self.output[i] = self.output[i] + correlate2d(input[j], self.kernels[i][j])
        return self.output

    def backward(self, output_gradient, learning_rate):
        input_gradient = np.zeros_like(self.input, dtype=float)
        for j in range(self.kernels.shape[1]):
            for i in range(self.kernels.shape[0]):
                input_gradient[j] += convolve2d(output_gradient[i], self.kernels[i, j], "full")
                step = correlate2d(self.input[j], output_gradient[i])
                self.kernels[i, j] -= learning_rate * step
        self.biases -= learning_rate * output_gradient
        return input_gradient
