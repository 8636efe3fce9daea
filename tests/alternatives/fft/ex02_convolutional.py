# The whole layer in the frequency domain; the transform of the input is what is kept.
import numpy as np
from layer import Layer


class Convolutional(Layer):
    def __init__(self, input_shape, kernel_size, depth):
        super().__init__()
        self.input_shape, self.kernel_size = input_shape, kernel_size
        channels, height, width = input_shape
        self.image = (height, width)
        self.kernels = np.random.randn(depth, channels, kernel_size, kernel_size)
        self.kernels /= np.sqrt(channels * kernel_size**2 / 2)
        self.biases = np.zeros((depth, height - kernel_size + 1, width - kernel_size + 1))

    def forward(self, input, training=False):
        self.spectrum = np.fft.rfft2(input, self.image)
        kernels = np.fft.rfft2(self.kernels, self.image)
        product = (self.spectrum * kernels.conj()).sum(axis=1)
        _, rows, columns = self.biases.shape
        return np.fft.irfft2(product, self.image)[:, :rows, :columns] + self.biases

    def backward(self, output_gradient, learning_rate):
        k = self.kernel_size
        gradient = np.fft.rfft2(output_gradient, self.image)[:, np.newaxis]
        kernels = np.fft.rfft2(self.kernels, self.image)
        input_gradient = np.fft.irfft2((gradient * kernels).sum(axis=0), self.image)
        step = np.fft.irfft2(self.spectrum * gradient.conj(), self.image)[:, :, :k, :k]
        self.kernels = self.kernels - learning_rate * step
        self.biases = self.biases - learning_rate * output_gradient
        return input_gradient
