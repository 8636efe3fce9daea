# The mask is drawn into an array that is kept as long as the shape stays the same.
import numpy as np
from layer import Layer


class Dropout(Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.rng = np.random.default_rng()
        self.mask = np.empty(0)

    def forward(self, input, training=False):
        if self.mask.shape != input.shape:
            self.mask = np.empty(input.shape)
        if training:
            self.rng.random(out=self.mask)
            np.greater_equal(self.mask, self.rate, out=self.mask)
            self.mask /= 1 - self.rate
        else:
            self.mask.fill(1)
        output = input.copy()
        output *= self.mask
        return output

    def backward(self, output_gradient, learning_rate):
        gradient = np.array(output_gradient)
        gradient *= self.mask
        return gradient
