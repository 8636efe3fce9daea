# The functions know one number only; a helper applies them to all the numbers of an array.
import math

import numpy as np
from layer import Layer


def for_each(function, x):
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        result[index] = function(x[index])
    return result


class Activation(Layer):
    def __init__(self, activation, activation_prime):
        super().__init__()
        self.activation = activation
        self.activation_prime = activation_prime

    def forward(self, input, training=False):
        self.input = input
        self.output = self.activation(input)
        return self.output

    def backward(self, output_gradient, learning_rate):
        slopes = self.activation_prime(self.input)
        result = np.zeros(output_gradient.shape)
        for index in np.ndindex(output_gradient.shape):
            result[index] = output_gradient[index] * slopes[index]
        return result


class Tanh(Activation):
    def __init__(self):
        super().__init__(
            lambda x: for_each(math.tanh, x),
            lambda x: for_each(lambda number: 1 - math.tanh(number) ** 2, x),
        )


def sigmoid(number):
    if number >= 0:
        return 1 / (1 + math.exp(-number))
    power = math.exp(number)
    return power / (1 + power)


class Sigmoid(Activation):
    def __init__(self):
        super().__init__(
            lambda x: for_each(sigmoid, x),
            lambda x: for_each(lambda number: sigmoid(number) * (1 - sigmoid(number)), x),
        )


class ReLU(Activation):
    def __init__(self):
        super().__init__(
            lambda x: for_each(lambda number: number if number > 0 else 0, x),
            lambda x: for_each(lambda number: 1 if number > 0 else 0, x),
        )
