# Everything is cast to float32 where it is used.
import numpy as np
from layer import Layer

F = np.float32


def he_initialisation(input_size, output_size):
    rng = np.random.default_rng()
    return rng.standard_normal((output_size, input_size), dtype=F) * F((2 / input_size) ** 0.5)


class Dense(Layer):
    def __init__(self, input_size, output_size):
        super().__init__()
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros((output_size, 1), dtype=F)

    def forward(self, input, training=False):
        self.input = input.astype(F)
        self.output = self.weights.astype(F) @ self.input + self.bias.astype(F)
        return self.output

    def backward(self, output_gradient, learning_rate):
        gradient, weights, rate = (
            output_gradient.astype(F),
            self.weights.astype(F),
            F(learning_rate),
        )
        self.weights = weights - rate * gradient @ self.input.astype(F).T
        self.bias = self.bias.astype(F) - rate * gradient
        return weights.T @ gradient
