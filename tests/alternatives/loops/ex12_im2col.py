import numpy as np


def _positions(height, width, rows, columns, stride):
    for u in range((height - rows) // stride + 1):
        for v in range((width - columns) // stride + 1):
            yield u * stride, v * stride


def im2col(x, filter_shape, stride=1):
    _, channels, h, w = x.shape
    rows, columns = filter_shape
    found = []
    for image in x:
        for top, left in _positions(h, w, rows, columns, stride):
            column = []
            for c in range(channels):
                for a in range(rows):
                    for d in range(columns):
                        column.append(image[c, top + a, left + d])
            found.append(column)
    return np.array(found, dtype=x.dtype).T


def col2im(columns, x_shape, filter_shape, stride=1):
    n, channels, h, w = x_shape
    r, s = filter_shape
    x = np.zeros(x_shape, dtype=columns.dtype)
    number = 0
    for image in range(n):
        for top, left in _positions(h, w, r, s, stride):
            row = 0
            for c in range(channels):
                for a in range(r):
                    for d in range(s):
                        x[image, c, top + a, left + d] += columns[row, number]
                        row += 1
            number += 1
    return x


def conv2d_im2col(x, kernels, bias, stride=1):
    filters, _, rows, columns = kernels.shape
    h = (x.shape[2] - rows) // stride + 1
    w = (x.shape[3] - columns) // stride + 1
    output = np.zeros((len(x), filters, h, w), dtype=x.dtype)
    for n in range(len(x)):
        product = kernels.reshape(filters, -1) @ im2col(x[n : n + 1], (rows, columns), stride)
        for f in range(filters):
            output[n, f] = product[f].reshape(h, w) + bias[f]
    return output
