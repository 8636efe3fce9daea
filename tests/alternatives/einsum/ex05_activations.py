# backward is an einsum over "..."; the sigmoid is two formulas chosen by boolean masks.
import numpy as np
from layer import Layer


class Activation(Layer):
    def __init__(self, activation, activation_prime):
        super().__init__()
        self.activation, self.activation_prime = activation, activation_prime

    def forward(self, input, training=False):
        self.input = input
        return self.activation(input)

    def backward(self, output_gradient, learning_rate):
        return np.einsum("...,...->...", output_gradient, self.activation_prime(self.input))


class Tanh(Activation):
    def __init__(self):
        super().__init__(np.tanh, lambda x: 1 - np.tanh(x) ** 2)


def sigmoid(x):
    result = np.empty(x.shape)
    positive = x >= 0
    result[positive] = 1 / (1 + np.exp(-x[positive]))
    powers = np.exp(x[~positive])
    result[~positive] = powers / (1 + powers)
    return result


class Sigmoid(Activation):
    def __init__(self):
        super().__init__(sigmoid, lambda x: np.einsum("...,...->...", sigmoid(x), sigmoid(-x)))


class ReLU(Activation):
    def __init__(self):
        super().__init__(lambda x: np.where(x > 0, x, 0), lambda x: np.where(x > 0, 1, 0))
