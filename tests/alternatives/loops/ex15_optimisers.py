import math

import numpy as np


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        for i in range(len(parameters)):
            for name in parameters[i]:
                for index in np.ndindex(parameters[i][name].shape):
                    change = self.learning_rate * float(gradients[i][name][index])
                    parameters[i][name][index] -= change


class Momentum:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.speed = {}

    def step(self, parameters, gradients):
        for i in range(len(parameters)):
            for name in parameters[i]:
                for index in np.ndindex(parameters[i][name].shape):
                    place = i, name, index
                    self.speed[place] = self.momentum * self.speed.get(place, 0.0)
                    self.speed[place] += float(gradients[i][name][index])
                    parameters[i][name][index] -= self.learning_rate * self.speed[place]


class Adam:
    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.learning_rate = learning_rate
        self.betas = beta1, beta2
        self.epsilon = epsilon
        self.memory = {}
        self.t = 0

    def step(self, parameters, gradients):
        self.t += 1
        b, c = self.betas
        for i in range(len(parameters)):
            for name in parameters[i]:
                for index in np.ndindex(parameters[i][name].shape):
                    place = i, name, index
                    g = float(gradients[i][name][index])
                    m, s = self.memory.get(place, (0.0, 0.0))
                    m, s = b * m + (1 - b) * g, c * s + (1 - c) * g * g
                    self.memory[place] = m, s
                    mean, square = m / (1 - b**self.t), s / (1 - c**self.t)
                    change = self.learning_rate * mean / (math.sqrt(square) + self.epsilon)
                    parameters[i][name][index] -= change
