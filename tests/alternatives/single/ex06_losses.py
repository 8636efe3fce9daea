# float32 results, clipped where float32 still tells 1 - epsilon from 1.
import numpy as np

EPSILON = np.float32(1e-7)
ONE = np.float32(1)


def single(*arrays):
    return (array.astype(np.float32) for array in arrays)


def mse(y_true, y_pred):
    y, p = single(y_true, y_pred)
    return np.mean((p - y) ** 2)


def mse_prime(y_true, y_pred):
    y, p = single(y_true, y_pred)
    return 2 * (p - y) / np.float32(y.size)


def binary_cross_entropy(y_true, y_pred):
    y, p = single(y_true, y_pred.clip(EPSILON, ONE - EPSILON))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def binary_cross_entropy_prime(y_true, y_pred):
    y, p = single(y_true, y_pred.clip(EPSILON, ONE - EPSILON))
    return ((1 - y) / (1 - p) - y / p) / np.float32(y.size)


def categorical_cross_entropy(y_true, y_pred):
    y, p = single(y_true, y_pred)
    return -np.sum(y * np.log(np.maximum(p, EPSILON)))


def categorical_cross_entropy_prime(y_true, y_pred):
    y, p = single(y_true, y_pred)
    return -y / np.maximum(p, EPSILON)
