# Matrix products and outer products spelled out as index sums.
import numpy as np
from layer import Layer


def he_initialisation(input_size, output_size):
    return np.random.normal(0, np.sqrt(2 / input_size), (output_size, input_size))


class Dense(Layer):
    def __init__(self, input_size, output_size):
        super().__init__()
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros((output_size, 1))

    def forward(self, input, training=False):
        self.input = input
        return np.einsum("oi,ij->oj", self.weights, input) + self.bias

    def backward(self, output_gradient, learning_rate):
        before = np.einsum("oi,oj->ij", self.weights, output_gradient)
        step = np.einsum("oj,ij->oi", output_gradient, self.input)
        self.weights = self.weights - learning_rate * step
        self.bias = self.bias - learning_rate * output_gradient
        return before
