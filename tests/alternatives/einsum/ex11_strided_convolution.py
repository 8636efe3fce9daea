import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def pad(x, padding, filter_shape, stride=1):
    if padding == "valid":
        widths = [[0, 0], [0, 0]]
    elif padding == "same":
        widths = []
        for size, filter in zip(x.shape[-2:], filter_shape, strict=True):
            left_over = size % stride or stride
            total = max(filter - left_over, 0)
            widths.append([total // 2, -(-total // 2)])
    elif isinstance(padding, str):
        raise ValueError(f"unknown padding {padding}")
    else:
        widths = [[p, p] for p in np.broadcast_to(padding, 2).tolist()]
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + widths), widths


def output_size(size, filter, stride=1, padding=0):
    if padding == "same":
        return (size + stride - 1) // stride
    return (size + 2 * {"valid": 0}.get(padding, padding) - filter) // stride + 1


def excluded_pixels(size, filter, stride):
    return size - filter - (size - filter) // stride * stride


def dilate(gradient, stride):
    one = np.zeros((stride, stride), gradient.dtype)
    one[0, 0] = 1
    h, w = gradient.shape[-2:]
    result = np.einsum("...uv,ab->...uavb", gradient, one)
    result = result.reshape(*gradient.shape[:-2], h * stride, w * stride)
    return result[..., : (h - 1) * stride + 1, : (w - 1) * stride + 1]


def convolve(image, kernel, stride=1, full=False):
    if full:
        image = np.pad(image, [(n - 1, n - 1) for n in kernel.shape])
    windows = sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return np.einsum("uvab,ab->uv", windows, kernel)
