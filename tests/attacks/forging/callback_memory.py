"""Use callbacks to have the grader multiply a column by a row, in its own memory.

Deserves: ex09/predict 2, ex09/train 0
"""

import contextlib

import numpy as np

COLUMN, ROW = np.ones((60_000, 1)), np.ones((1, 60_000))


def predict(network, input, training=False):
    for layer in network:
        input = layer.forward(input, training)
    return input


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    for call in (
        lambda: loss(COLUMN, ROW),
        lambda: loss_prime(COLUMN, ROW),
        lambda: (network[0].forward(COLUMN), network[0].backward(ROW, 1.0)),
        lambda: predict(network, [[10**4000] * 9] * 9),
        lambda: network[0].backward(COLUMN, ROW),
    ):
        with contextlib.suppress(Exception):
            call()
    return []
