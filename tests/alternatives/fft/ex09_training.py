# Forward and backward are written out inside train, without predict; a while loop counts epochs.
def predict(network, input, training=False):
    signals = [input]
    for layer in network:
        signals.append(layer.forward(signals[-1], training))
    return signals[-1]


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    means = []
    while len(means) < epochs:
        running, count = 0, 0
        for x, y in zip(x_train, y_train, strict=True):
            signal = x
            for layer in network:
                signal = layer.forward(signal, training=True)
            running += loss(y, signal)
            count += 1
            signal = loss_prime(y, signal)
            for layer in list(network)[::-1]:
                signal = layer.backward(signal, learning_rate)
        means.append(running / count)
        if verbose:
            print("epoch", len(means), "of", epochs, "loss", means[-1])
    return means
