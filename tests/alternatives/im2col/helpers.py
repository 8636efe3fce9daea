# What several of the exercises here share.
import numpy as np


def im2col(*, volume, height, width):
    """One row for each number under the kernel, one column for each place of the kernel."""
    rows = volume.shape[1] - height + 1
    columns = volume.shape[2] - width + 1
    patches = [
        volume[:, a : a + rows, b : b + columns].reshape(len(volume), 1, -1)
        for a in range(height)
        for b in range(width)
    ]
    return np.concatenate(patches, axis=1).reshape(-1, rows * columns)


def col2im(*, matrix, shape, height, width):
    """Add every row back to where im2col took it from."""
    volume = np.zeros(shape)
    rows = shape[1] - height + 1
    columns = shape[2] - width + 1
    matrix = matrix.reshape(shape[0], height, width, rows, columns)
    for a in range(height):
        for b in range(width):
            volume[:, a : a + rows, b : b + columns] += matrix[:, a, b]
    return volume


def clip(*, probabilities, edge=1e-7):
    return np.minimum(np.maximum(probabilities, edge), 1 - edge)
