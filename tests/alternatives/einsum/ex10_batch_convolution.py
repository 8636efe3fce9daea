import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_forward(x, kernels, bias):
    windows = sliding_window_view(x, kernels.shape[2:], axis=(2, 3))
    return np.einsum("ncuvad,fcad->nfuv", windows, kernels) + bias.reshape(1, -1, 1, 1)


def conv2d_kernel_gradient(output_gradient, x):
    windows = sliding_window_view(x, output_gradient.shape[2:], axis=(2, 3))
    return np.einsum("ncaduv,nfuv->fcad", windows, output_gradient) / x.shape[0]


def conv2d_bias_gradient(output_gradient):
    return np.einsum("nfuv->f", output_gradient) / output_gradient.shape[0]


def conv2d_input_gradient(output_gradient, kernels):
    r, s = kernels.shape[2] - 1, kernels.shape[3] - 1
    padded = np.pad(output_gradient, ((0, 0), (0, 0), (r, r), (s, s)))
    windows = sliding_window_view(padded, kernels.shape[2:], axis=(2, 3))
    return np.einsum("nfuvad,fcad->ncuv", windows, kernels[:, :, ::-1, ::-1])
