# Windows by as_strided; "full" by calling itself on a larger image.
import numpy as np
from numpy.lib.stride_tricks import as_strided


def correlate2d(image, kernel, mode="valid"):
    kh, kw = kernel.shape
    if mode == "full":
        border = np.zeros(np.array(image.shape) + 2 * np.array(kernel.shape) - 2)
        border[kh - 1 : border.shape[0] - kh + 1, kw - 1 : border.shape[1] - kw + 1] = image
        return correlate2d(border, kernel, "valid")
    if mode != "valid":
        raise ValueError(f"mode should be valid or full, not {mode}")
    shape = (image.shape[0] - kh + 1, image.shape[1] - kw + 1, kh, kw)
    windows = as_strided(image, shape, image.strides * 2, writeable=False)
    return (windows * kernel).sum((2, 3))


def convolve2d(image, kernel, mode="valid"):
    return correlate2d(image, kernel[::-1, ::-1], mode)
