# One generator yields the losses of an epoch; helper functions take keywords only.
import numpy as np


def predict(network, input, training=False):
    for layer in network:
        input = layer.forward(input, training=training)
    return input


def _losses(*, network, loss, loss_prime, samples, learning_rate):
    for x, y in samples:
        p = predict(network, x, training=True)
        yield loss(y, p)
        gradient = loss_prime(y, p)
        for layer in reversed(network):
            gradient = layer.backward(output_gradient=gradient, learning_rate=learning_rate)


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    result = np.empty(epochs)
    for epoch in range(epochs):
        losses = _losses(
            network=network,
            loss=loss,
            loss_prime=loss_prime,
            samples=zip(x_train, y_train, strict=True),
            learning_rate=learning_rate,
        )
        result[epoch] = np.mean(np.fromiter(losses, dtype=float))
        if verbose:
            print(f"{epoch}: {result[epoch]}")
    return list(result)
