# float32 in, float32 out.
import numpy as np
from layer import Layer


class Activation(Layer):
    def __init__(self, activation, activation_prime):
        super().__init__()
        self.activation = activation
        self.activation_prime = activation_prime

    def forward(self, input, training=False):
        self.input = np.float32(input)
        self.output = self.activation(self.input)
        return self.output

    def backward(self, output_gradient, learning_rate):
        return np.float32(output_gradient) * self.activation_prime(np.float32(self.input))


class Tanh(Activation):
    def __init__(self):
        super().__init__(np.tanh, lambda x: 1 - np.tanh(x) ** 2)


class Sigmoid(Activation):
    def __init__(self):
        def sigmoid(x):
            e = np.exp(-np.abs(x.astype(np.float32)))
            return np.where(x < 0, e / (1 + e), 1 / (1 + e))

        super().__init__(sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)))


class ReLU(Activation):
    def __init__(self):
        super().__init__(lambda x: x.clip(0), lambda x: (x > 0).astype(np.float32))
