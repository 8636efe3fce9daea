# np.clip(out=) on copies, np.add.at for the one class that counts.
import numpy as np


def copy_inside(y_pred):
    p = np.array(y_pred, dtype=np.float64)
    return np.clip(p, 1e-7, 1 - 1e-7, out=p)


def mse(y_true, y_pred):
    error = y_pred - y_true
    error *= error
    return error.mean()


def mse_prime(y_true, y_pred):
    gradient = y_pred - y_true
    gradient *= 2 / gradient.size
    return gradient


def binary_cross_entropy(y_true, y_pred):
    p = copy_inside(y_pred)
    wrong = y_true == 0
    p[wrong] *= -1
    p[wrong] += 1
    np.log(p, out=p)
    return -p.sum() / p.size


def binary_cross_entropy_prime(y_true, y_pred):
    p = copy_inside(y_pred)
    p -= 1 - y_true  # p where 1 is true, p - 1 where 0 is true
    np.divide(-1 / p.size, p, out=p)
    return p


def categorical_cross_entropy(y_true, y_pred):
    p = copy_inside(y_pred)
    np.log(p, out=p)
    p *= y_true
    return 0 - p.sum()


def categorical_cross_entropy_prime(y_true, y_pred):
    gradient = np.zeros_like(y_pred, dtype=float)
    place = np.nonzero(y_true)
    np.subtract.at(gradient, place, 1 / copy_inside(y_pred)[place])
    return gradient
