# Each image is transformed on its own; double precision inside, cast back at the end.
import numpy as np
from layer import BatchLayer
from scipy.signal import correlate
from scipy.stats import truncnorm


def initial_kernels(shape, initialiser):
    out, channels, *field = shape
    units = channels if initialiser == "kaiming" else channels + out
    std = np.sqrt(2.0 / (units * np.prod(field)))
    spread = truncnorm.std(-2, 2)
    return truncnorm.rvs(-2, 2, size=shape) * std / spread


def _sides(size, filter, stride, padding):
    if padding == "valid":
        return 0, 0
    if padding == "same":
        total = max(filter - (size % stride or stride), 0)
        return total // 2, (total + 1) // 2
    return padding, padding


class Conv2D(BatchLayer):
    def __init__(
        self, in_channels, filters, filter_shape, stride=1, padding="valid", initialiser="kaiming"
    ):
        super().__init__()
        self.filter_shape = filter_shape
        self.step = self.stride = stride
        self.padding = padding
        kernels = initial_kernels((filters, in_channels, *filter_shape), initialiser)
        self.parameters.update(kernels=kernels, bias=np.zeros((filters,)))

    def _pad(self, x):
        paddings = self.padding if isinstance(self.padding, tuple) else (self.padding,) * 2
        self.crop = [
            _sides(size, filter, self.step, padding)
            for size, filter, padding in zip(x.shape[2:], self.filter_shape, paddings, strict=True)
        ]
        return np.pad(x, [(0, 0), (0, 0), *self.crop])

    def forward(self, input, training=False):
        self.input = input.copy()
        padded = self._pad(input).astype(float)
        output = np.stack(
            [
                [
                    correlate(image, kernel, mode="valid", method="direct")[0]
                    for kernel in self.kernels
                ]
                for image in padded
            ]
        )
        output = output[:, :, :: self.step, :: self.step]
        output = output + self.parameters["bias"].reshape(-1, 1, 1)
        return output.astype(input.dtype)

    @property
    def kernels(self):
        return self.parameters["kernels"].astype(float)

    def backward(self, output_gradient):
        padded = self._pad(self.input).astype(float)
        n, _, height, width = padded.shape
        f, c, r, s = self.kernels.shape
        dilated = np.zeros((n, f, height - r + 1, width - s + 1))
        dilated[:, :, :: self.step, :: self.step] = output_gradient
        to_padded = np.zeros_like(padded)
        to_kernels = np.zeros((f, c, r, s))
        h, w = dilated.shape[2:]
        for a in range(r):
            for d in range(s):
                window = padded[:, :, a : a + h, d : d + w]
                to_kernels[:, :, a, d] = np.tensordot(dilated, window, ([0, 2, 3], [0, 2, 3]))
                back = np.tensordot(dilated, self.kernels[:, :, a, d], (1, 0))
                to_padded[:, :, a : a + h, d : d + w] += np.moveaxis(back, -1, 1)
        dtype = output_gradient.dtype
        self.gradients = {
            "kernels": to_kernels.astype(dtype),
            "bias": output_gradient.sum((0, 2, 3)),
        }
        (top, bottom), (left, right) = self.crop
        return to_padded[:, :, top : height - bottom, left : width - right].astype(dtype)
