# A coin is tossed for each number, with Python's own generator.
import random

import numpy as np
from layer import Layer


class Dropout(Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, input, training=False):
        self.factors = np.zeros(input.shape)
        output = np.zeros(input.shape)
        for index in np.ndindex(input.shape):
            if not training:
                self.factors[index] = 1
            elif random.random() >= self.rate:
                self.factors[index] = 1 / (1 - self.rate)
            output[index] = input[index] * self.factors[index]
        return output

    def backward(self, output_gradient, learning_rate):
        input_gradient = np.zeros(output_gradient.shape)
        for index in np.ndindex(output_gradient.shape):
            input_gradient[index] = output_gradient[index] * self.factors[index]
        return input_gradient
