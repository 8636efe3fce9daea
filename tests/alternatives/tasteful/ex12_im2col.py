import numpy as np


def indices(x_shape, filter_shape, stride):
    """The classic way: index arrays for channel, row and column."""
    _, channels, h, w = x_shape
    rows, columns = filter_shape
    down, across = (h - rows) // stride + 1, (w - columns) // stride + 1
    a = np.tile(np.repeat(np.arange(rows), columns), channels)
    d = np.tile(np.arange(columns), rows * channels)
    u = stride * np.repeat(np.arange(down), across)
    v = stride * np.tile(np.arange(across), down)
    c = np.repeat(np.arange(channels), rows * columns).reshape(-1, 1)
    return c, a.reshape(-1, 1) + u, d.reshape(-1, 1) + v


def im2col(x, filter_shape, stride=1):
    c, i, j = indices(x.shape, filter_shape, stride)
    picked = x[:, c, i, j]  # (N, CRS, H'W')
    return np.concatenate(list(picked), axis=1)


def col2im(columns, x_shape, filter_shape, stride=1):
    c, i, j = indices(x_shape, filter_shape, stride)
    each = np.stack(np.split(columns, x_shape[0], axis=1))
    x = np.zeros(x_shape, columns.dtype)
    np.add.at(x, (slice(None), c, i, j), each)
    return x


def conv2d_im2col(x, kernels, bias, stride=1):
    filters = kernels.shape[0]
    matrix = im2col(x=x, filter_shape=tuple(kernels.shape[2:]), stride=stride)
    result = (np.dot(matrix.T, kernels.reshape(filters, -1).T) + bias).astype(x.dtype)
    down = (x.shape[2] - kernels.shape[2]) // stride + 1
    return np.moveaxis(result.reshape(len(x), down, -1, filters), -1, 1)
