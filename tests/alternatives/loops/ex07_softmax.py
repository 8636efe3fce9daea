# The largest number is searched for, and the Jacobian is summed entry by entry.
import math

import numpy as np
from layer import Layer


class Softmax(Layer):
    def forward(self, input, training=False):
        largest = input[0, 0]
        for i in range(1, len(input)):
            if input[i, 0] > largest:
                largest = input[i, 0]
        total = 0.0
        for i in range(len(input)):
            total += math.exp(input[i, 0] - largest)
        self.output = np.zeros(input.shape)
        for i in range(len(input)):
            self.output[i, 0] = math.exp(input[i, 0] - largest) / total
        return self.output

    def backward(self, output_gradient, learning_rate):
        y = self.output
        input_gradient = np.zeros(y.shape)
        for k in range(len(y)):
            for i in range(len(y)):
                same = 1 if i == k else 0
                input_gradient[k, 0] += output_gradient[i, 0] * y[i, 0] * (same - y[k, 0])
        return input_gradient
