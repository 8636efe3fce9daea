# Forward keeps the columns under its own name; backward sends its columns through col2im.
import numpy as np
from helpers import col2im, im2col
from layer import Layer


class Convolutional(Layer):
    def __init__(self, input_shape, kernel_size, depth):
        super().__init__()
        self.in_shape = input_shape
        self.k = kernel_size
        self.out_shape = (
            depth,
            input_shape[1] - kernel_size + 1,
            input_shape[2] - kernel_size + 1,
        )
        fan_in = input_shape[0] * kernel_size**2
        self.kernels = np.random.standard_normal((depth, input_shape[0], kernel_size, kernel_size))
        self.kernels = self.kernels * np.sqrt(2 / fan_in)
        self.biases = np.zeros(self.out_shape)

    def forward(self, input, training=False):
        self._columns = im2col(volume=input, height=self.k, width=self.k)
        flat = self.kernels.reshape(len(self.kernels), -1)
        return (flat @ self._columns).reshape(self.out_shape) + self.biases

    def backward(self, output_gradient, learning_rate):
        flat = self.kernels.reshape(len(self.kernels), -1)
        g = output_gradient.reshape(len(flat), -1)
        input_gradient = col2im(matrix=flat.T @ g, shape=self.in_shape, height=self.k, width=self.k)
        self.kernels = (flat - learning_rate * (g @ self._columns.T)).reshape(self.kernels.shape)
        self.biases = self.biases - learning_rate * output_gradient
        return input_gradient
