# A float32 mask from a generator of its own.
import numpy as np
from layer import Layer


class Dropout(Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = np.float32(rate)
        self.rng = np.random.default_rng()

    def forward(self, input, training=False):
        self.mask = np.ones(input.shape, dtype=np.float32)
        if training:
            kept = self.rng.random(input.shape, dtype=np.float32) >= self.rate
            self.mask = kept.astype(np.float32) / (np.float32(1) - self.rate)
        return input.astype(np.float32) * self.mask

    def backward(self, output_gradient, learning_rate):
        return output_gradient.astype(np.float32) * self.mask
