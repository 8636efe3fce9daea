# The Jacobian is written out: diag(y) - y y^T.
import numpy as np
from layer import Layer


class Softmax(Layer):
    def forward(self, input, training=False):
        self.input = input
        exponentials = np.exp(input - np.max(input, axis=0))
        self.output = np.divide(exponentials, np.sum(exponentials, axis=0))
        return self.output

    def backward(self, output_gradient, learning_rate):
        n = np.size(self.output)
        tiled = np.tile(self.output, n)
        jacobian = tiled * (np.identity(n) - tiled.T)
        return np.dot(jacobian, output_gradient)
