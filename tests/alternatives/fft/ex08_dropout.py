# np.random.choice draws the factors themselves.
import numpy as np
from layer import Layer


class Dropout(Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.mask = 1

    def forward(self, input, training=False):
        self.mask = 1
        if training:
            factors = [0, 1 / (1 - self.rate)]
            self.mask = np.random.choice(factors, size=input.shape, p=[self.rate, 1 - self.rate])
        return self.mask * input

    def backward(self, output_gradient, learning_rate):
        return self.mask * output_gradient
