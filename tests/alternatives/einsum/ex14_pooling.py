import numpy as np
from layer import BatchLayer
from numpy.lib.stride_tricks import sliding_window_view


class Windows(BatchLayer):
    def __init__(self, pool_shape, stride=None):
        super().__init__()
        self.pool_shape = pool_shape
        self.strides = (stride, stride) if stride else pool_shape

    def views(self, x, writeable=False):
        views = sliding_window_view(x, self.pool_shape, axis=(2, 3), writeable=writeable)
        return views[:, :, :: self.strides[0], :: self.strides[1]]

    def send(self, shares):
        """Add up the shares, of shape (N, C, H', W', R, S)."""
        gradient = np.zeros(self.input.shape, shares.dtype)
        views = self.views(gradient, writeable=True)
        for a, d in np.ndindex(*self.pool_shape):
            views[..., a, d] += shares[..., a, d]
        return gradient


def flat(views):
    return views.reshape(*views.shape[:4], -1)


def one_hot(choice, pool_shape, dtype):
    size = pool_shape[0] * pool_shape[1]
    return np.eye(size, dtype=dtype)[choice].reshape(*choice.shape, *pool_shape)


class MaxPool2D(Windows):
    def forward(self, input, training=False):
        self.input = input
        return self.views(input).max(axis=(4, 5))

    def backward(self, output_gradient):
        choice = flat(self.views(self.input)).argmax(-1)
        mask = one_hot(choice, self.pool_shape, output_gradient.dtype)
        return self.send(np.einsum("ncuv,ncuvad->ncuvad", output_gradient, mask))


class MinPool2D(Windows):
    def forward(self, input, training=False):
        self.input = input
        return np.amin(self.views(input), (4, 5))

    def backward(self, output_gradient):
        choice = flat(self.views(self.input)).argmin(-1)
        mask = one_hot(choice, self.pool_shape, output_gradient.dtype)
        return self.send(np.einsum("ncuv,ncuvad->ncuvad", output_gradient, mask))


class MeanPool2D(Windows):
    def forward(self, input, training=False):
        self.input = input
        return np.einsum("ncuvad->ncuv", self.views(input)) / np.prod(self.pool_shape).astype(
            input.dtype
        )

    def backward(self, output_gradient):
        share = np.full(self.pool_shape, 1 / np.prod(self.pool_shape), output_gradient.dtype)
        return self.send(np.einsum("ncuv,ad->ncuvad", output_gradient, share))
