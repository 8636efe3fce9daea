# The probability given to what is true is one expression, and everything follows from it.
import numpy as np


def given_to_truth(y_true, y_pred):
    p = np.where(y_true == 1, y_pred, 1 - y_pred)
    return np.maximum(p, 1e-10)


def mse(y_true, y_pred):
    return np.square(np.subtract(y_true, y_pred)).mean()


def mse_prime(y_true, y_pred):
    return np.subtract(y_pred, y_true) * 2 / len(y_pred)


def binary_cross_entropy(y_true, y_pred):
    return np.mean(-np.log(given_to_truth(y_true, y_pred)))


def binary_cross_entropy_prime(y_true, y_pred):
    return np.where(y_true == 1, -1.0, 1.0) / given_to_truth(y_true, y_pred) / len(y_pred)


def categorical_cross_entropy(y_true, y_pred):
    return -np.log(np.maximum(y_pred[y_true == 1], 1e-10)).sum()


def categorical_cross_entropy_prime(y_true, y_pred):
    gradient = np.zeros(y_pred.shape)
    gradient[y_true == 1] = -1 / np.maximum(y_pred[y_true == 1], 1e-10)
    return gradient
