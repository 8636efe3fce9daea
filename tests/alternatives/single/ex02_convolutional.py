# SciPy on float32 copies; the parameters are float32 after every step.
import numpy as np
from layer import Layer
from scipy import signal


class Convolutional(Layer):
    def __init__(self, input_shape, kernel_size, depth):
        super().__init__()
        channels, height, width = input_shape
        scale = np.float32(np.sqrt(2 / (channels * kernel_size**2)))
        size = (depth, channels, kernel_size, kernel_size)
        self.kernels = np.random.randn(*size).astype(np.float32) * scale
        self.biases = np.zeros((depth, height - kernel_size + 1, width - kernel_size + 1), "f4")

    def forward(self, input, training=False):
        self.input = input.astype(np.float32)
        kernels = self.kernels.astype(np.float32)
        self.output = np.stack([signal.correlate(self.input, k, "valid")[0] for k in kernels])
        self.output += self.biases.astype(np.float32)
        return self.output

    def backward(self, output_gradient, learning_rate):
        gradient = output_gradient.astype(np.float32)
        kernels = self.kernels.astype(np.float32)
        x = np.asarray(self.input, dtype=np.float32)
        step = np.array([[signal.correlate2d(c, g, "valid") for c in x] for g in gradient])
        back = [
            sum(signal.convolve2d(g, k, "full") for g, k in zip(gradient, column, strict=True))
            for column in kernels.swapaxes(0, 1)
        ]
        self.kernels = kernels - np.float32(learning_rate) * step
        self.biases = self.biases.astype(np.float32) - np.float32(learning_rate) * gradient
        return np.array(back, dtype=np.float32)
