# Through one long row, with -1.
import numpy as np
from layer import Layer


class Reshape(Layer):
    def __init__(self, input_shape, output_shape):
        super().__init__()
        assert np.prod(input_shape) == np.prod(output_shape)
        self.input_shape, self.output_shape = tuple(input_shape), tuple(output_shape)

    def forward(self, input, training=False):
        return np.array(input).reshape(-1).reshape(self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.array(output_gradient).reshape(-1).reshape(self.input_shape)
