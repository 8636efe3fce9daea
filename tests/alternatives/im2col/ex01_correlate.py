# The image becomes a matrix of patches, the kernel a row: one matrix product.
import numpy as np
from helpers import im2col


def correlate2d(image, kernel, mode="valid"):
    kh, kw = kernel.shape
    if mode == "full":
        larger = np.zeros((image.shape[0] + 2 * kh - 2, image.shape[1] + 2 * kw - 2))
        larger[kh - 1 : kh - 1 + image.shape[0], kw - 1 : kw - 1 + image.shape[1]] = image
        return correlate2d(larger, kernel)
    if mode != "valid":
        raise ValueError(mode)
    columns = im2col(volume=image[np.newaxis], height=kh, width=kw)
    return (kernel.ravel() @ columns).reshape(image.shape[0] - kh + 1, image.shape[1] - kw + 1)


def convolve2d(image, kernel, mode="valid"):
    return correlate2d(image, np.flipud(np.fliplr(kernel)), mode)
