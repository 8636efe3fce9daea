"""The layers of the milestones: the student's, each with how the grader computes the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking import oracles
from grader.checking.student_proxy import StudentProxy
from grader.checking.trained_network import NetworkLayer, Parameters

Array = NDArray[Any]
Course = Callable[[str], StudentProxy]
"""Takes the name of an exercise and returns the student's module."""


def dense(
    course: Course,
    rng: np.random.Generator,
    inputs: int,
    outputs: int,
    deviation: float | None = None,
) -> NetworkLayer:
    """Return a student's dense layer with initial weights from the grader, by default He's."""
    layer: StudentProxy = course("ex04_dense").Dense(inputs, outputs)
    layer.weights = rng.normal(0, deviation or np.sqrt(2 / inputs), (outputs, inputs))
    layer.bias = np.zeros((outputs, 1))

    def forward(parameters: Parameters, input: Array) -> Array:
        return np.asarray(parameters["weights"] @ input + parameters["bias"])

    return NetworkLayer("Dense", layer, forward, ("weights", "bias"))


def convolutional(
    course: Course,
    rng: np.random.Generator,
    shape: tuple[int, int, int],
    kernel_size: int,
    depth: int,
    bias: float = 0.0,
) -> NetworkLayer:
    """Return a student's convolutional layer with initial weights from the grader."""
    channels, height, width = shape
    layer: StudentProxy = course("ex02_convolutional").Convolutional(shape, kernel_size, depth)
    deviation = np.sqrt(2 / (channels * kernel_size**2))
    layer.kernels = rng.normal(0, deviation, (depth, channels, kernel_size, kernel_size))
    layer.biases = np.full((depth, height - kernel_size + 1, width - kernel_size + 1), bias)

    def forward(parameters: Parameters, input: Array) -> Array:
        return oracles.convolutional_forward(input, **parameters)

    return NetworkLayer("Convolutional", layer, forward, ("kernels", "biases"))


def reshape(
    course: Course, input_shape: tuple[int, ...], output_shape: tuple[int, ...]
) -> NetworkLayer:
    """Return a student's layer that reshapes."""
    layer = course("ex03_reshape").Reshape(input_shape, output_shape)
    return NetworkLayer("Reshape", layer, lambda _, x: x.reshape(output_shape))


def dropout(course: Course, rate: float) -> NetworkLayer:
    """Return a student's dropout; it passes on what it gets, except in training."""
    layer = course("ex08_dropout").Dropout(rate)
    return NetworkLayer("Dropout", layer, lambda _, x: x)


def softmax(course: Course) -> NetworkLayer:
    """Return a student's softmax."""
    layer = course("ex07_softmax").Softmax()
    return NetworkLayer("Softmax", layer, lambda _, x: oracles.softmax(x))


def sigmoid(course: Course) -> NetworkLayer:
    """Return a student's sigmoid."""
    layer = course("ex05_activations").Sigmoid()
    return NetworkLayer("Sigmoid", layer, lambda _, x: oracles.sigmoid(x))


def tanh(course: Course) -> NetworkLayer:
    """Return a student's tanh."""
    layer = course("ex05_activations").Tanh()
    return NetworkLayer("Tanh", layer, lambda _, x: np.tanh(x))


def relu(course: Course) -> NetworkLayer:
    """Return a student's ReLU."""
    layer = course("ex05_activations").ReLU()
    return NetworkLayer("ReLU", layer, lambda _, x: np.maximum(x, 0))
