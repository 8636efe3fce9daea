import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _windows(x, filter_shape, stride):
    return sliding_window_view(x, filter_shape, axis=(2, 3))[:, :, ::stride, ::stride]


def im2col(x, filter_shape, stride=1):
    windows = np.einsum("ncuvad->cadnuv", _windows(x, filter_shape, stride))
    return windows.reshape(x.shape[1] * filter_shape[0] * filter_shape[1], -1)


def col2im(columns, x_shape, filter_shape, stride=1):
    places = np.arange(np.prod(x_shape)).reshape(x_shape)
    sums = np.bincount(
        im2col(places, filter_shape, stride).ravel(),
        weights=columns.ravel(),
        minlength=places.size,
    )
    return sums.reshape(x_shape).astype(columns.dtype)


def conv2d_im2col(x, kernels, bias, stride=1):
    windows = _windows(x, kernels.shape[2:], stride)
    output = np.einsum("ncuvad,fcad->nfuv", windows, kernels, optimize=True)
    return output + bias.reshape(1, -1, 1, 1)
