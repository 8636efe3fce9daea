# xlogy and xlog1py of SciPy where they fit, a local clip in each function.
import numpy as np
from scipy.special import xlog1py, xlogy


def mse(y_true, y_pred):
    return float(np.linalg.norm(y_true - y_pred) ** 2 / y_true.shape[0])


def mse_prime(y_true, y_pred):
    return -2.0 * (y_true - y_pred) / y_true.shape[0]


def binary_cross_entropy(y_true, y_pred):
    p = y_pred.astype(float).clip(1e-15, 1 - 1e-15)
    return float(np.average(-xlogy(y_true, p) - xlog1py(1 - y_true, -p)))


def binary_cross_entropy_prime(y_true, y_pred):
    p = y_pred.astype(float).clip(1e-15, 1 - 1e-15)
    return np.divide(p - y_true, p * (1 - p) * y_true.shape[0])


def categorical_cross_entropy(y_true, y_pred):
    true_class = int(y_true.argmax())
    return float(-np.log(max(y_pred[true_class, 0], 1e-15)))


def categorical_cross_entropy_prime(y_true, y_pred):
    true_class = int(y_true.argmax())
    slopes = np.zeros((len(y_true), 1))
    slopes[true_class] = -1 / max(float(y_pred[true_class, 0]), 1e-15)
    return slopes
