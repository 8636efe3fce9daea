# Indices everywhere, also for the way back through the layers.
def predict(network, input, training=False):
    for number in range(len(network)):
        input = network[number].forward(input, training)
    return input


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    history = []
    for epoch in range(epochs):
        error = 0.0
        for sample in range(len(x_train)):
            output = predict(network, x_train[sample], True)
            error += loss(y_train[sample], output)
            gradient = loss_prime(y_train[sample], output)
            for number in range(len(network) - 1, -1, -1):
                gradient = network[number].backward(gradient, learning_rate)
        error /= len(x_train)
        history.append(error)
        if verbose:
            print(epoch + 1, error)
    return history
