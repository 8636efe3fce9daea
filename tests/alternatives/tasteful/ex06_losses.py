# log(p + epsilon) with a tiny epsilon, in the slopes as well; np.float64 comes back.
import numpy as np

EPSILON = 1e-12


def mse(y_true, y_pred):
    return np.mean(np.power(y_true - y_pred, 2))


def mse_prime(y_true, y_pred):
    return 2 * np.mean(1 / y_true.size) * (y_pred - y_true)


def binary_cross_entropy(y_true, y_pred):
    p = np.float64(y_pred)
    return np.mean(-y_true * np.log(p + EPSILON) - (1 - y_true) * np.log(1 - p + EPSILON))


def binary_cross_entropy_prime(y_true, y_pred):
    p = np.float64(y_pred)
    return np.where(y_true, -1 / (p + EPSILON), 1 / (1 - p + EPSILON)) / y_true.size


def categorical_cross_entropy(y_true, y_pred):
    return -np.sum(y_true * np.log(y_pred + EPSILON))


def categorical_cross_entropy_prime(y_true, y_pred):
    return np.where(y_true == 1, -1 / (y_pred + EPSILON), 0)
