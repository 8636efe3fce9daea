# Drops an exact number, by a shuffled boolean mask; the scale is applied later.
import numpy as np
from layer import Layer


class Dropout(Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.rng = np.random.default_rng()
        self.mask = None

    def forward(self, input, training=False):
        self.mask = np.ones(input.size, dtype=bool)
        self.scale = 1
        if training:
            self.mask[: round(self.rate * input.size)] = False
            self.rng.shuffle(self.mask)
            self.scale = 1 / (1 - self.rate)
        self.mask = self.mask.reshape(input.shape)
        return np.where(self.mask, input, 0) * self.scale

    def backward(self, output_gradient, learning_rate):
        return np.where(self.mask, output_gradient, 0) * self.scale
