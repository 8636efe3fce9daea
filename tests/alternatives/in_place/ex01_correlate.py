# The border is a slice of a larger array; the products go through one preallocated window.
import numpy as np


def correlate2d(image, kernel, mode="valid"):
    assert image.ndim == kernel.ndim == 2
    kh, kw = kernel.shape
    if mode == "full":
        padded = np.zeros((image.shape[0] + 2 * (kh - 1), image.shape[1] + 2 * (kw - 1)))
        padded[kh - 1 :, kw - 1 :][: image.shape[0], : image.shape[1]] = image
        image = padded
    elif mode != "valid":
        raise ValueError(f"unknown mode {mode!r}")
    window = np.empty((kh, kw))
    output = np.empty((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for u, v in np.ndindex(output.shape):
        np.multiply(image[u : u + kh, v : v + kw], kernel, out=window)
        output[u, v] = window.sum()
    return output


def convolve2d(image, kernel, mode="valid"):
    turned = kernel.copy()
    turned[:] = turned[::-1].copy()
    turned[:] = turned[:, ::-1].copy()
    return correlate2d(image, turned, mode)
