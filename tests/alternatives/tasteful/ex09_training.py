# Indices and enumerate; the history is a list of np.float64.
import numpy as np


def predict(network, input, training=False):
    output = network[0].forward(input, training)
    for layer in network[1:]:
        output = layer.forward(output, training)
    return output


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    losses = np.zeros((epochs, len(x_train)))
    for epoch, row in enumerate(losses):
        for i, _ in enumerate(x_train):
            output = predict(network, x_train[i], training=True)
            row[i] = loss(y_train[i], output)
            gradient = loss_prime(y_train[i], output)
            for j in range(1, len(network) + 1):
                gradient = network[-j].backward(gradient, learning_rate)
        if verbose:
            print(f"Epoch {epoch}: {row.mean()}")
    return list(losses.mean(axis=1))
