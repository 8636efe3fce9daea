# One pair of numbers at a time, with math.log and plain comparisons.
import math

import numpy as np

SMALL = 1e-9


def clipped(p):
    return max(SMALL, min(1 - SMALL, float(p)))


def mse(y_true, y_pred):
    total = 0.0
    for i in range(len(y_true)):
        total += (y_pred[i, 0] - y_true[i, 0]) ** 2
    return total / len(y_true)


def mse_prime(y_true, y_pred):
    gradient = np.zeros(y_pred.shape)
    for i in range(len(y_true)):
        gradient[i, 0] = 2 * (y_pred[i, 0] - y_true[i, 0]) / len(y_true)
    return gradient


def binary_cross_entropy(y_true, y_pred):
    total = 0.0
    for i in range(len(y_true)):
        p = clipped(y_pred[i, 0])
        total -= math.log(p) if y_true[i, 0] == 1 else math.log(1 - p)
    return total / len(y_true)


def binary_cross_entropy_prime(y_true, y_pred):
    gradient = np.zeros(y_pred.shape)
    for i in range(len(y_true)):
        p = clipped(y_pred[i, 0])
        gradient[i, 0] = (-1 / p if y_true[i, 0] == 1 else 1 / (1 - p)) / len(y_true)
    return gradient


def categorical_cross_entropy(y_true, y_pred):
    total = 0.0
    for i in range(len(y_true)):
        total -= y_true[i, 0] * math.log(clipped(y_pred[i, 0]))
    return total


def categorical_cross_entropy_prime(y_true, y_pred):
    gradient = np.zeros(y_pred.shape)
    for i in range(len(y_true)):
        gradient[i, 0] = -y_true[i, 0] / clipped(y_pred[i, 0])
    return gradient
