# What is dropped is kept as a list of flat positions.
import numpy as np
from layer import Layer


class Dropout(Layer):
    def __init__(self, rate, *, generator=np.random):
        super().__init__()
        self._rate, self._generator = rate, generator

    def forward(self, input, training=False):
        self._training = training
        if not training:
            return input
        self._dropped = np.flatnonzero(self._generator.random(input.size) < self._rate)
        return self._without_dropped(input)

    def backward(self, output_gradient, learning_rate):
        return self._without_dropped(output_gradient) if self._training else output_gradient

    def _without_dropped(self, numbers):
        flat = numbers.flatten() / (1 - self._rate)
        flat[self._dropped] = 0
        return flat.reshape(numbers.shape)
