import numpy as np


def pad(x, padding, filter_shape, stride=1):
    def sides(axis):
        if padding == "valid":
            return 0, 0
        if padding == "same":
            size = x.shape[axis]
            outputs = int(np.ceil(size / stride))
            total = max(0, (outputs - 1) * stride + filter_shape[axis] - size)
            before = int(np.floor(total / 2))
            return before, total - before
        if isinstance(padding, str):
            raise ValueError(padding)
        if np.isscalar(padding):
            return padding, padding
        return padding[axis], padding[axis]

    (top, bottom), (left, right) = sides(-2), sides(-1)
    h, w = x.shape[-2], x.shape[-1]
    padded = np.zeros((*x.shape[:-2], top + h + bottom, left + w + right), dtype=x.dtype)
    for i in range(h):
        for j in range(w):
            padded[..., top + i, left + j] = x[..., i, j]
    return padded, ((top, bottom), (left, right))


def output_size(size, filter, stride=1, padding=0):
    if padding == "same":
        return int(np.ceil(size / stride))
    if padding == "valid":
        padding = 0
    count, start = 0, 0
    while start + filter <= size + 2 * padding:
        count += 1
        start += stride
    return count


def excluded_pixels(size, filter, stride):
    end = filter
    while end + stride <= size:
        end += stride
    return size - end


def dilate(gradient, stride):
    h, w = gradient.shape[-2:]
    shape = (*gradient.shape[:-2], h + (h - 1) * (stride - 1), w + (w - 1) * (stride - 1))
    result = np.zeros(shape, dtype=gradient.dtype)
    for i in range(h):
        for j in range(w):
            result[..., i * stride, j * stride] = gradient[..., i, j]
    return result


def convolve(image, kernel, stride=1, full=False):
    rows, columns = kernel.shape
    if full:
        image, _ = pad(image, (rows - 1, columns - 1), kernel.shape)
    height = output_size(image.shape[0], rows, stride)
    width = output_size(image.shape[1], columns, stride)
    output = np.zeros((height, width), dtype=image.dtype)
    for u in range(height):
        for v in range(width):
            for a in range(rows):
                for d in range(columns):
                    output[u, v] += image[u * stride + a, v * stride + d] * kernel[a, d]
    return output
