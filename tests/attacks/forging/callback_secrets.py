"""Use callbacks to ask the grader's layers for their secrets: weights, diaries, globals.

Deserves: ex09/predict 2, ex09/train 0
"""

import contextlib

NAMES = (
    "weight",
    "diary",
    "__dict__",
    "__class__",
    "__globals__",
    "__init__",
    "__reduce__",
    "_find",
)


def predict(network, input, training=False):
    for layer in network:
        input = layer.forward(input, training)
    return input


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    ask = network[0].forward.args[0]
    for number in range(-2, 9):
        for name in NAMES:
            with contextlib.suppress(Exception):
                print("LEAK", name, ask(number, name, (), {}))
    return []
