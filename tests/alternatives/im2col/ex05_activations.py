# scipy.special.expit is the sigmoid; static methods are the functions.
import numpy as np
from layer import Layer
from scipy.special import expit


class Activation(Layer):
    def __init__(self, activation, activation_prime):
        self.activation = activation
        self.activation_prime = activation_prime

    def forward(self, input, training=False):
        self._x = input
        return self.activation(input)

    def backward(self, output_gradient, learning_rate):
        return np.multiply(output_gradient, self.activation_prime(self._x))


class Tanh(Activation):
    def __init__(self):
        super().__init__(np.tanh, self.prime)

    @staticmethod
    def prime(x):
        return 1 - np.square(np.tanh(x))


class Sigmoid(Activation):
    def __init__(self):
        super().__init__(expit, self.prime)

    @staticmethod
    def prime(x):
        return expit(x) * expit(-x)


class ReLU(Activation):
    def __init__(self):
        super().__init__(self.function, self.prime)

    @staticmethod
    def function(x):
        return x * (x > 0)

    @staticmethod
    def prime(x):
        return x > 0
