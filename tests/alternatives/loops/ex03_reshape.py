# Every number is counted, and put where its count says.
import numpy as np
from layer import Layer


def poured(numbers, shape):
    result = np.zeros(shape)
    for source, target in zip(np.ndindex(numbers.shape), np.ndindex(*shape), strict=True):
        result[target] = numbers[source]
    return result


class Reshape(Layer):
    def __init__(self, input_shape, output_shape):
        super().__init__()
        self.input_shape = input_shape
        self.output_shape = output_shape

    def forward(self, input, training=False):
        return poured(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return poured(output_gradient, self.input_shape)
