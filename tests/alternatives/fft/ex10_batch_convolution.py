import numpy as np
from scipy import fft


def spectrum(array, shape):
    return fft.rfft2(array, shape)


def conv2d_forward(x, kernels, bias):
    shape = x.shape[2:]
    product = np.einsum("nchw,fchw->nfhw", spectrum(x, shape), np.conj(spectrum(kernels, shape)))
    whole = fft.irfft2(product, shape)
    height, width = shape[0] - kernels.shape[2] + 1, shape[1] - kernels.shape[3] + 1
    return (whole[:, :, :height, :width] + bias[:, None, None]).astype(x.dtype)


def conv2d_kernel_gradient(output_gradient, x):
    shape = x.shape[2:]
    seen, sent = spectrum(x, shape), np.conj(spectrum(output_gradient, shape))
    whole = fft.irfft2(np.einsum("nchw,nfhw->fchw", seen, sent), shape)
    height, width = (i - o + 1 for i, o in zip(shape, output_gradient.shape[2:], strict=True))
    return (whole[:, :, :height, :width] / len(x)).astype(x.dtype)


def conv2d_bias_gradient(output_gradient):
    return spectrum(output_gradient, output_gradient.shape[2:])[:, :, 0, 0].real.mean(axis=0)


def conv2d_input_gradient(output_gradient, kernels):
    shape = [g + k - 1 for g, k in zip(output_gradient.shape[2:], kernels.shape[2:], strict=True)]
    product = np.einsum(
        "nfhw,fchw->nchw", spectrum(output_gradient, shape), spectrum(kernels, shape)
    )
    return fft.irfft2(product, shape).astype(kernels.dtype)
