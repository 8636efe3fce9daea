# A uniform distribution with He's variance, a default_rng, and np.add, np.dot.
import numpy as np
from layer import Layer

rng = np.random.default_rng()


def he_initialisation(input_size, output_size):
    limit = np.sqrt(6 / input_size)
    return rng.uniform(-limit, limit, size=(output_size, input_size))


class Dense(Layer):
    def __init__(self, input_size, output_size):
        super().__init__()
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.full((output_size, 1), 0.01)

    def forward(self, input, training=False):
        self.input = input
        self.output = self.bias + np.sum(self.weights * input.T, axis=1, keepdims=True)
        return self.output

    def backward(self, output_gradient, learning_rate):
        weights_gradient = np.kron(output_gradient, self.input.T)
        input_gradient = np.sum(self.weights * output_gradient, axis=0).reshape(-1, 1)
        self.bias = self.bias + -learning_rate * output_gradient
        self.weights = self.weights + -learning_rate * weights_gradient
        return input_gradient
