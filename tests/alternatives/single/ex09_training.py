# Samples, learning rate and losses are float32.
import numpy as np


def predict(network, input, training=False):
    output = np.asarray(input, dtype=np.float32)
    for layer in network:
        output = layer.forward(output, training)
    return output


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    x_train, y_train = x_train.astype(np.float32), y_train.astype(np.float32)
    learning_rate = np.float32(learning_rate)
    history = []
    for epoch in range(epochs):
        losses = []
        for x, y in zip(x_train, y_train, strict=True):
            output = predict(network, x, training=True)
            losses.append(np.float32(loss(y, output)))
            gradient = loss_prime(y, output)
            for layer in network[::-1]:
                gradient = layer.backward(gradient, learning_rate)
        history.append(np.mean(losses))
        if verbose:
            print(f"{epoch + 1}/{epochs} {history[-1]}")
    return history
