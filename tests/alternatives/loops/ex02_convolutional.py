# Six loops forward, six loops backward, and loops for the update.
import math
import random

import numpy as np
from layer import Layer


class Convolutional(Layer):
    def __init__(self, input_shape, kernel_size, depth):
        super().__init__()
        channels, height, width = input_shape
        deviation = math.sqrt(2 / (channels * kernel_size * kernel_size))
        self.kernels = np.zeros((depth, channels, kernel_size, kernel_size))
        for index in np.ndindex(self.kernels.shape):
            self.kernels[index] = random.gauss(0, deviation)
        self.biases = np.zeros((depth, height - kernel_size + 1, width - kernel_size + 1))

    def forward(self, input, training=False):
        self.input = input
        depth, channels, size, _ = self.kernels.shape
        _, rows, columns = self.biases.shape
        self.output = np.zeros((depth, rows, columns))
        for i in range(depth):
            for u in range(rows):
                for v in range(columns):
                    total = self.biases[i, u, v]
                    for j in range(channels):
                        for a in range(size):
                            for b in range(size):
                                total += input[j, u + a, v + b] * self.kernels[i, j, a, b]
                    self.output[i, u, v] = total
        return self.output

    def backward(self, output_gradient, learning_rate):
        depth, channels, size, _ = self.kernels.shape
        _, rows, columns = self.biases.shape
        kernel_gradient = np.zeros(self.kernels.shape)
        input_gradient = np.zeros(self.input.shape)
        for i in range(depth):
            for j in range(channels):
                for u in range(rows):
                    for v in range(columns):
                        g = output_gradient[i, u, v]
                        for a in range(size):
                            for b in range(size):
                                kernel_gradient[i, j, a, b] += g * self.input[j, u + a, v + b]
                                input_gradient[j, u + a, v + b] += g * self.kernels[i, j, a, b]
        for i in range(depth):
            for j in range(channels):
                for a in range(size):
                    for b in range(size):
                        self.kernels[i, j, a, b] -= learning_rate * kernel_gradient[i, j, a, b]
            for u in range(rows):
                for v in range(columns):
                    self.biases[i, u, v] -= learning_rate * output_gradient[i, u, v]
        return input_gradient
