# out= wherever NumPy has it, and -= for the step.
import numpy as np
from layer import Layer


def he_initialisation(input_size, output_size):
    weights = np.random.randn(output_size, input_size)
    weights *= np.sqrt(2.0 / input_size)
    return weights


class Dense(Layer):
    def __init__(self, input_size, output_size):
        super().__init__()
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros((output_size, 1))
        self.output = np.empty((output_size, 1))
        self.input_gradient = np.empty((input_size, 1))
        self.step = np.empty((output_size, input_size))

    def forward(self, input, training=False):
        self.input = input
        np.matmul(self.weights, input, out=self.output)
        self.output += self.bias
        return self.output

    def backward(self, output_gradient, learning_rate):
        np.matmul(self.weights.T, output_gradient, out=self.input_gradient)
        np.multiply(output_gradient, self.input.T, out=self.step)
        self.step *= learning_rate
        self.weights -= self.step
        self.bias -= learning_rate * output_gradient
        return self.input_gradient
