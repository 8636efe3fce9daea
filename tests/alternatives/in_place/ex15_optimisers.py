# Every number is computed in an array that is kept from step to step.
import numpy as np


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self.room = {}

    def step(self, parameters, gradients):
        for index, (layer, gradient) in enumerate(zip(parameters, gradients, strict=True)):
            for name in layer:
                room = self.room.setdefault((index, name), np.empty_like(layer[name]))
                np.multiply(gradient[name], self.learning_rate, out=room, casting="same_kind")
                np.subtract(layer[name], room, out=layer[name])


class Momentum:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocity = None

    def step(self, parameters, gradients):
        if self.velocity is None:
            self.velocity = [
                {n: np.zeros_like(a) for n, a in layer.items()} for layer in parameters
            ]
        for layer, gradient, velocity in zip(parameters, gradients, self.velocity, strict=True):
            for name, v in velocity.items():
                v *= self.momentum
                v += gradient[name]
                layer[name] -= np.multiply(v, self.learning_rate)


class Adam:
    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.learning_rate = learning_rate
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self.fade1, self.fade2 = (
            1.0,
            1.0,
        )  # the powers of the betas, brought up to date in each step
        self.state = None

    def step(self, parameters, gradients):
        if self.state is None:
            self.state = [
                {name: (np.zeros_like(a), np.zeros_like(a)) for name, a in layer.items()}
                for layer in parameters
            ]
        self.fade1 *= self.beta1
        self.fade2 *= self.beta2
        for layer, gradient, state in zip(parameters, gradients, self.state, strict=True):
            for name, (m, s) in state.items():
                g = gradient[name]
                m += (1 - self.beta1) * (g - m)
                s += (1 - self.beta2) * (g * g - s)
                root = np.sqrt(s / (1 - self.fade2))
                root += self.epsilon
                np.divide(m, root, out=root)
                root *= self.learning_rate / (1 - self.fade1)
                layer[name] -= root
