# The minimum is a maximum of negative numbers; positions are kept as flat indices into the image.
import numpy as np
from layer import BatchLayer


class MaxPool2D(BatchLayer):
    sign = 1

    def __init__(self, pool_shape, stride=None):
        self.parameters, self.gradients = {}, {}
        self.pool = tuple(pool_shape)
        self.stride = self.pool if stride is None else (stride,) * 2

    def _pixels(self, h, w):
        """Flat indices of the pixels in each window: (H', W', R * S)."""
        u = np.arange(0, h - self.pool[0] + 1, self.stride[0])
        v = np.arange(0, w - self.pool[1] + 1, self.stride[1])
        a, d = np.arange(self.pool[0]), np.arange(self.pool[1])
        rows = u[:, None, None, None] + a[:, None]
        columns = v[:, None, None] + d
        return (rows * w + columns).reshape(len(u), len(v), -1)

    def forward(self, input, training=False):
        n, c, h, w = self.shape = input.shape
        pixels = self._pixels(h, w)
        seen = self.sign * input.reshape(n * c, h * w)[:, pixels]
        best = seen.argmax(axis=-1)
        self.where = np.take_along_axis(np.broadcast_to(pixels, seen.shape), best[..., None], -1)
        output = self.sign * np.take_along_axis(seen, best[..., None], -1)
        return output.reshape(n, c, *pixels.shape[:2])

    def backward(self, output_gradient):
        n, c, h, w = self.shape
        gradient = np.zeros((n * c, h * w), output_gradient.dtype)
        flat = output_gradient.reshape(n * c, -1)
        rows = np.repeat(np.arange(n * c), flat.shape[1])
        np.add.at(gradient, (rows, self.where.reshape(-1)), flat.reshape(-1))
        return gradient.reshape(self.shape)


class MinPool2D(MaxPool2D):
    sign = -1

    def forward(self, input, training=False):
        return super().forward(input, training)

    def backward(self, output_gradient):
        return super().backward(output_gradient)


class MeanPool2D(MaxPool2D):
    def forward(self, input, training=False):
        n, c, h, w = self.shape = input.shape
        pixels = self._pixels(h, w)
        return input.reshape(n * c, h * w)[:, pixels].mean(-1).reshape(n, c, *pixels.shape[:2])

    def backward(self, output_gradient):
        n, c, h, w = self.shape
        pixels = self._pixels(h, w)
        gradient = np.zeros((n * c, h * w), output_gradient.dtype)
        share = output_gradient.reshape(n * c, *pixels.shape[:2], 1) / pixels.shape[2]
        np.add.at(gradient, (slice(None), pixels), np.broadcast_to(share, (n * c, *pixels.shape)))
        return gradient.reshape(self.shape)
