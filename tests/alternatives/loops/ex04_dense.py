# Weights are drawn one by one, products added up one by one.
import math
import random

import numpy as np
from layer import Layer


def he_initialisation(input_size, output_size):
    weights = np.zeros((output_size, input_size))
    for i in range(output_size):
        for j in range(input_size):
            weights[i, j] = random.gauss(0.0, math.sqrt(2.0 / input_size))
    return weights


class Dense(Layer):
    def __init__(self, input_size, output_size):
        super().__init__()
        self.weights = he_initialisation(input_size, output_size)
        self.bias = np.zeros((output_size, 1))

    def forward(self, input, training=False):
        self.input = input
        rows, columns = self.weights.shape
        self.output = np.zeros((rows, 1))
        for i in range(rows):
            total = self.bias[i, 0]
            for j in range(columns):
                total += self.weights[i, j] * input[j, 0]
            self.output[i, 0] = total
        return self.output

    def backward(self, output_gradient, learning_rate):
        rows, columns = self.weights.shape
        input_gradient = np.zeros((columns, 1))
        for i in range(rows):
            g = output_gradient[i, 0]
            for j in range(columns):
                input_gradient[j, 0] += self.weights[i, j] * g
                self.weights[i, j] -= learning_rate * g * self.input[j, 0]
            self.bias[i, 0] -= learning_rate * g
        return input_gradient
