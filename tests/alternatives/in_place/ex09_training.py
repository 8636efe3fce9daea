# The losses are added up inside an array of one number per epoch.
import numpy as np


def predict(network, input, training=False):
    output = input.copy()
    for layer in network:
        output = layer.forward(output, training)
    return output


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        for x, y in zip(x_train, y_train, strict=True):
            output = predict(network, x, training=True)
            losses[epoch] += loss(y, output)
            gradient = loss_prime(y, output)
            for layer in reversed(network):
                gradient = layer.backward(gradient, learning_rate)
        losses[epoch] /= len(x_train)
        if verbose:
            print(f"loss after epoch {epoch + 1}: {losses[epoch]:.5f}")
    return losses.tolist()
