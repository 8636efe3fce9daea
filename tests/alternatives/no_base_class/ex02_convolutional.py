# No base class, __slots__; ndimage forward, fftconvolve and oaconvolve backward, comprehensions.
import numpy as np
from scipy import ndimage, signal


class Convolutional:
    __slots__ = ("biases", "kernels", "seen")

    def __init__(self, input_shape, kernel_size, depth):
        c, h, w = input_shape
        spread = np.sqrt(2.0 / (c * kernel_size * kernel_size))
        self.kernels = np.random.normal(0, spread, (depth, c, kernel_size, kernel_size))
        self.biases = np.zeros((depth, h - kernel_size + 1, w - kernel_size + 1))
        self.seen = None

    def forward(self, input, training=False):
        self.seen = np.array(input, dtype=float)
        maps = [
            bias + sum(map(self.inside, self.seen, kernels))
            for kernels, bias in zip(self.kernels, self.biases, strict=True)
        ]
        return np.asarray(maps)

    def backward(self, output_gradient, learning_rate):
        pairs = list(zip(self.kernels, output_gradient, strict=True))
        back = sum(
            np.array([signal.fftconvolve(g, k, mode="full") for k in kernels])
            for kernels, g in pairs
        )
        moved = [
            [
                k - learning_rate * signal.oaconvolve(x, np.flip(g), mode="valid")
                for x, k in zip(self.seen, kernels, strict=True)
            ]
            for kernels, g in pairs
        ]
        self.kernels = np.array(moved)
        self.biases = np.array(
            [b - learning_rate * g for b, g in zip(self.biases, output_gradient, strict=True)]
        )
        return back

    @staticmethod
    def inside(image, kernel):
        rows, columns = (i - k + 1 for i, k in zip(image.shape, kernel.shape, strict=True))
        around = ndimage.correlate(
            image, kernel, mode="constant", origin=[-(k // 2) for k in kernel.shape]
        )
        return around[:rows, :columns]
