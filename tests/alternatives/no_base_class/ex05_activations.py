# Tanh, Sigmoid and ReLU are no Activation: each keeps what its derivative is simplest in.
import numpy as np


class Activation:
    def __init__(self, activation, activation_prime):
        self.f, self.df = activation, activation_prime
        self.x = None

    def forward(self, input, training=False):
        self.x = input
        return self.f(input)

    def backward(self, output_gradient, learning_rate):
        return self.df(self.x) * output_gradient


class Tanh:
    __slots__ = ("y",)

    def forward(self, input, training=False):
        self.y = np.tanh(input)
        return self.y

    def backward(self, output_gradient, learning_rate):
        return output_gradient * (1 - self.y**2)


class Sigmoid:
    __slots__ = ("y",)

    def forward(self, input, training=False):
        powers = np.exp(np.minimum(input, -input))
        self.y = np.where(input < 0, powers, 1.0) / (1.0 + powers)
        return self.y

    def backward(self, output_gradient, learning_rate):
        return output_gradient * self.y * (1 - self.y)


class ReLU:
    __slots__ = ("open",)

    def forward(self, input, training=False):
        self.open = np.greater(input, 0)
        return np.where(self.open, input, 0)

    def backward(self, output_gradient, learning_rate):
        return np.where(self.open, output_gradient, 0)
