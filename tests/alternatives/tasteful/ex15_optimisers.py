import numpy as np


class Optimiser:
    """Asks its subclass for the change of each array, and puts new arrays into the dictionaries."""

    def step(self, parameters, gradients):
        self.begin()
        for number, layer in enumerate(parameters):
            for name in sorted(layer):
                wide = np.asarray(gradients[number][name], dtype=np.float64)
                change = self.change(f"{number}.{name}", wide)
                layer[name] = (layer[name] + change).astype(layer[name].dtype)
        return parameters

    def begin(self):
        pass


class SGD(Optimiser):
    def __init__(self, learning_rate):
        self.eta = learning_rate

    def change(self, key, gradient):
        return -self.eta * gradient


class Momentum(Optimiser):
    """Keeps the learning rate in the velocity, which is the same as long as it stays the same."""

    def __init__(self, learning_rate, momentum=0.9):
        self.eta, self.mu, self.v = learning_rate, momentum, {}

    def change(self, key, gradient):
        self.v[key] = self.mu * self.v.get(key, 0.0) - self.eta * gradient
        return self.v[key]


class Adam(Optimiser):
    """Keeps all gradients, and computes both means from the whole history."""

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.eta, self.betas, self.epsilon = learning_rate, (beta1, beta2), epsilon
        self.seen = {}

    def change(self, key, gradient):
        self.seen.setdefault(key, []).append(gradient)
        seen = np.stack(self.seen[key])
        mean, square = (
            np.average(seen**power, axis=0, weights=beta ** np.arange(len(seen))[::-1])
            for power, beta in zip((1, 2), self.betas, strict=True)
        )
        return -self.eta * mean / (square**0.5 + self.epsilon)
