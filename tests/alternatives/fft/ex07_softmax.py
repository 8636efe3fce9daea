# backward recomputes the probabilities from the input instead of keeping them.
import numpy as np
from layer import Layer


def softmax(x):
    powers = np.exp(x - np.amax(x))
    return powers / powers.sum()


class Softmax(Layer):
    def forward(self, input, training=False):
        self.input = input
        return softmax(input)

    def backward(self, output_gradient, learning_rate):
        y = softmax(self.input)
        return y * output_gradient - y * (y * output_gradient).sum()
