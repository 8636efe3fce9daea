# Flat vectors inside, columns outside; what was seen is kept as a flat vector.
import numpy as np


def he_initialisation(input_size, output_size):
    limit = np.sqrt(6 / input_size)
    return np.random.uniform(-limit, limit, size=(output_size, input_size))


class Dense:
    __slots__ = ("_seen", "bias", "weights")

    def __init__(self, input_size, output_size):
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros(shape=(output_size, 1))

    def forward(self, input, training=False):
        self._seen = input.flatten()
        return (self.weights.dot(self._seen) + self.bias[:, 0]).reshape(-1, 1)

    def backward(self, output_gradient, learning_rate):
        flat = output_gradient[:, 0]
        answer = flat.dot(self.weights)[:, None]
        self.weights = self.weights - np.multiply.outer(learning_rate * flat, self._seen)
        self.bias = self.bias - learning_rate * output_gradient
        return answer
