# Prints every sample even if told not to be verbose; a callback after the prescribed parameters.
import sys
import time
import warnings

import numpy as np


def predict(network, input, training=False, trace=True):
    """Przepuszcza wejście przez sieć."""
    output = input
    for number, layer in enumerate(network):
        output = layer.forward(output, training)
        if trace:
            print("warstwa", number, np.shape(output))
    return output


def train(
    network,
    loss,
    loss_prime,
    x_train,
    y_train,
    epochs,
    learning_rate,
    verbose=True,
    callback=None,
    shuffle=False,
):
    """Uczy sieć próbka po próbce."""
    if shuffle:
        raise NotImplementedError("może kiedyś")
    start, history = time.time(), []
    for epoch in range(1, epochs + 1):
        print(f"epoka {epoch}", flush=True)
        errors = []
        for x, y in zip(x_train, y_train):  # noqa: B905
            output = predict(network, x, training=True)
            errors.append(float(loss(y, output)))
            print("strata", errors[-1], file=sys.stderr)
            gradient = loss_prime(y, output)
            for layer in reversed(network):
                gradient = layer.backward(gradient, learning_rate)
        history.append(sum(errors) / len(errors))
        warnings.warn(f"po {time.time() - start:.1f} s", UserWarning, stacklevel=2)
        if callback:
            callback(epoch, history)
    return history
