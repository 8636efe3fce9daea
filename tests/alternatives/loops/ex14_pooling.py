import numpy as np
from layer import BatchLayer


class Pool(BatchLayer):
    def __init__(self, pool_shape, stride=None):
        super().__init__()
        self.rows, self.columns = pool_shape
        self.down = self.rows if stride is None else stride
        self.across = self.columns if stride is None else stride

    def each(self, shape):
        n, channels, h, w = shape
        for image in range(n):
            for c in range(channels):
                for u, top in enumerate(range(0, h - self.rows + 1, self.down)):
                    for v, left in enumerate(range(0, w - self.columns + 1, self.across)):
                        yield image, c, u, v, top, left

    def forward(self, input, training=False):
        self.input = input
        *_, (_, _, u, v, _, _) = self.each(input.shape)
        output = np.zeros((*input.shape[:2], u + 1, v + 1), dtype=input.dtype)
        for n, c, u, v, top, left in self.each(input.shape):
            window = input[n, c, top : top + self.rows, left : left + self.columns]
            output[n, c, u, v] = self.keep(window)
        return output

    def backward(self, output_gradient):
        gradient = np.zeros(self.input.shape, dtype=output_gradient.dtype)
        for n, c, u, v, top, left in self.each(self.input.shape):
            window = self.input[n, c, top : top + self.rows, left : left + self.columns]
            for a, d, share in self.shares(window):
                gradient[n, c, top + a, left + d] += share * output_gradient[n, c, u, v]
        return gradient

    def shares(self, window):
        a, d = next(
            place for place in np.ndindex(*window.shape) if window[place] == self.keep(window)
        )
        yield a, d, 1


class MaxPool2D(Pool):
    keep = staticmethod(np.max)

    def forward(self, input, training=False):
        return super().forward(input, training)

    def backward(self, output_gradient):
        return super().backward(output_gradient)


class MinPool2D(Pool):
    keep = staticmethod(np.min)

    def forward(self, input, training=False):
        return super().forward(input, training)

    def backward(self, output_gradient):
        return super().backward(output_gradient)


class MeanPool2D(Pool):
    keep = staticmethod(np.mean)

    def shares(self, window):
        for a, d in np.ndindex(*window.shape):
            yield a, d, 1 / window.size

    def forward(self, input, training=False):
        return super().forward(input, training)

    def backward(self, output_gradient):
        return super().backward(output_gradient)
