# The sigmoid through tanh, the derivative of ReLU at 0 is 1 (np.heaviside).
import numpy as np
from layer import Layer


class Activation(Layer):
    def __init__(self, activation, activation_prime):
        super().__init__()
        self.activation = activation
        self.activation_prime = activation_prime

    def forward(self, input, training=False):
        self.input = input
        self.output = self.activation(self.input)
        return self.output

    def backward(self, output_gradient, learning_rate):
        return np.multiply(output_gradient, self.activation_prime(self.input))


class Tanh(Activation):
    def __init__(self):
        super().__init__(np.tanh, lambda x: np.cosh(x) ** -2.0)


class Sigmoid(Activation):
    def __init__(self):
        super().__init__(
            lambda x: (1 + np.tanh(x / 2)) / 2,
            lambda x: (1 - np.tanh(x / 2) ** 2) / 4,
        )


class ReLU(Activation):
    def __init__(self):
        super().__init__(lambda x: np.where(x >= 0, x, 0), lambda x: np.heaviside(x, 1))
