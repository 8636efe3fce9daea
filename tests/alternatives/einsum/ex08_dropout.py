# np.random.binomial draws the mask; outside training the mask is the number 1.
import numpy as np
from layer import Layer


class Dropout(Layer):
    def __init__(self, rate):
        super().__init__()
        self.keep = 1 - rate

    def forward(self, input, training=False):
        drawn = np.random.binomial(1, self.keep, input.shape) / self.keep
        self.scale = drawn if training else np.array(1.0)
        return np.einsum("...,...->...", input, self.scale)

    def backward(self, output_gradient, learning_rate):
        return np.einsum("...,...->...", output_gradient, self.scale)
