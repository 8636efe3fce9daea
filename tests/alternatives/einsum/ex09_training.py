# functools.reduce in both directions.
from functools import reduce

import numpy as np


def predict(network, input, training=False):
    return reduce(lambda x, layer: layer.forward(x, training), network, input)


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    def learn(x, y):
        output = predict(network, x, training=True)
        error = loss(y, output)
        reduce(
            lambda gradient, layer: layer.backward(gradient, learning_rate),
            network[::-1],
            loss_prime(y, output),
        )
        return error

    errors = []
    for _ in range(epochs):
        errors.append(np.mean([learn(x, y) for x, y in zip(x_train, y_train, strict=True)]))
        if verbose:
            print("mean loss", errors[-1])
    return errors
