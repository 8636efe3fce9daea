# Bias and weights are applied as one matrix to the input with a 1 below it, kept as _augmented.
import numpy as np
from layer import Layer


def he_initialisation(input_size, output_size, *, gain=2.0):
    return np.sqrt(gain / input_size) * np.random.standard_normal((output_size, input_size))


class Dense(Layer):
    def __init__(self, input_size, output_size):
        super().__init__()
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros((output_size, 1))

    def forward(self, input, training=False):
        self._augmented = np.vstack([input, [[1]]])
        return np.hstack([self.weights, self.bias]) @ self._augmented

    def backward(self, output_gradient, learning_rate):
        input_gradient = self.weights.T.dot(output_gradient)
        step = learning_rate * output_gradient.dot(self._augmented.T)
        self.weights, self.bias = self.weights - step[:, :-1], self.bias - step[:, -1:]
        return input_gradient
