# A small class does the work; the two functions call it.
class Trainer:
    def __init__(self, network):
        self.network = tuple(network)

    def forward(self, x, training):
        for layer in self.network:
            x = layer.forward(x, training)
        return x

    def backward(self, gradient, learning_rate):
        for layer in self.network[::-1]:
            gradient = layer.backward(gradient, learning_rate)
        return gradient


def predict(network, input, training=False):
    return Trainer(network).forward(input, training)


def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    trainer, report = Trainer(network), []
    for epoch in range(epochs):
        report.append(0.0)
        for x, y in zip(x_train, y_train, strict=True):
            p = trainer.forward(x, True)
            report[epoch] += loss(y, p) / len(x_train)
            trainer.backward(loss_prime(y, p), learning_rate)
        if verbose:
            print(report)
    return report
