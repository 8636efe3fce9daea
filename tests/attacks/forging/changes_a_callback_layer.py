"""Make the grader's own layers train wrongly, so that they agree with themselves.

Deserves: ex09/predict 2, ex09/train 0
"""

import contextlib

import numpy as np


def predict(network, input, training=False):
    for layer in network:
        input = layer.forward(input, training)
    return input


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    for layer in network:
        for odd in (np.nan, "nan", np.full((1, 1), np.nan), 1j, [0.0], None, np.float32("inf")):
            with contextlib.suppress(Exception):
                layer.forward(odd)
                layer.backward(odd, odd)
        layer.weight = layer.diary = None
        layer.forward = layer.backward = lambda *args: None
    return [float("nan")] * epochs
