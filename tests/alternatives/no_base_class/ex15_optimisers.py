import numpy as np


def pairs(parameters, gradients):
    return [(p[n], g[n]) for p, g in zip(parameters, gradients, strict=True) for n in sorted(p)]


class SGD:
    __slots__ = ("rate",)

    def __init__(self, learning_rate):
        self.rate = np.float64(learning_rate)

    def step(self, parameters, gradients):
        for p, g in pairs(parameters, gradients):
            p[...] = p - self.rate * g


class Momentum:
    """Keeps one long vector for all arrays."""

    __slots__ = ("momentum", "rate", "velocity")

    def __init__(self, learning_rate, momentum=0.9):
        self.rate, self.momentum, self.velocity = learning_rate, momentum, 0

    def step(self, parameters, gradients):
        both = pairs(parameters, gradients)
        flat = np.concatenate([g.ravel() for _, g in both])
        self.velocity = self.momentum * self.velocity + flat
        ends = np.cumsum([p.size for p, _ in both])[:-1]
        for (p, _), v in zip(both, np.split(self.velocity, ends), strict=True):
            p -= self.rate * v.reshape(p.shape)


class Adam:
    __slots__ = ("beta1", "beta2", "epsilon", "moments", "rate", "steps")

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.rate, self.beta1, self.beta2, self.epsilon = learning_rate, beta1, beta2, epsilon
        self.moments = []
        self.steps = iter(range(1, 10**9))

    def step(self, parameters, gradients):
        t = next(self.steps)
        for number, (p, g) in enumerate(pairs(parameters, gradients)):
            if number == len(self.moments):
                self.moments.append([0 * g, 0 * g])
            m, s = self.moments[number]
            self.moments[number] = [
                m * self.beta1 + g * (1 - self.beta1),
                s * self.beta2 + g**2 * (1 - self.beta2),
            ]
            m, s = self.moments[number]
            p -= (
                self.rate
                * (m / (1 - self.beta1**t))
                / ((s / (1 - self.beta2**t)) ** 0.5 + self.epsilon)
            )
