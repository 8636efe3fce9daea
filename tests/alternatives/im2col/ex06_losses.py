# The clip is a keyword-only helper; flat vectors and dot products.
import numpy as np
from helpers import clip


def mse(y_true, y_pred):
    difference = (y_pred - y_true).ravel()
    return difference @ difference / difference.size


def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_pred.size


def binary_cross_entropy(y_true, y_pred):
    y, p = y_true.ravel(), clip(probabilities=y_pred.ravel())
    return -(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / y.size


def binary_cross_entropy_prime(y_true, y_pred):
    p = clip(probabilities=y_pred)
    return (p - y_true) / (p - p**2) / p.size


def categorical_cross_entropy(y_true, y_pred):
    return -np.log(clip(probabilities=y_pred[np.argmax(y_true), 0]))


def categorical_cross_entropy_prime(y_true, y_pred):
    return np.negative(y_true) / clip(probabilities=y_pred)
