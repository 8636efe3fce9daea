# forward leaves a function behind for backward.
import numpy as np


class Dropout:
    def __init__(self, rate):
        self.rate = rate
        self.last = np.asarray

    def forward(self, input, training=False):
        if training:
            lost = np.random.uniform(0, 1, input.shape) < self.rate
            self.last = lambda numbers: np.where(lost, 0, numbers / (1 - self.rate))
        else:
            self.last = lambda numbers: numbers
        return self.last(input)

    def backward(self, output_gradient, learning_rate):
        return self.last(output_gradient)
