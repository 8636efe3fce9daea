"""The networks of the milestones: built from the student's parts, and tested by their predictions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from datasets import Dataset, load_xor
from grader.checking.milestone_data import Reached, draw
from grader.checking.setup_calls import call_each
from grader.checking.student_proxy import StudentProxy

Array = NDArray[Any]
Course = Callable[[str], StudentProxy]
"""Takes the name of an exercise and returns the student's module."""
Digits = Callable[[], Dataset]

IMAGES = 100
"""The number of training images of each digit."""

SMALL = 0.1
"""Standard deviation of the last weights for XOR. With larger weights, one network in two hundred
starts so far out on the wrong, flat side of tanh that it never recovers."""

NEARLY_OFF = -2.0
"""The biases before a sigmoid over images. With 0, every blank pixel becomes 0.5; thousands of equal
numbers then make the dense layer overshoot, and one network in forty learns badly."""


class Task(NamedTuple):
    """A network with its loss, and how it is trained."""

    network: Sequence[StudentProxy]
    loss: StudentProxy
    loss_prime: StudentProxy
    epochs: int
    learning_rate: float


def xor_error(course: Course, rng: np.random.Generator) -> float:
    """Train two dense layers on XOR and return the largest error of the four predictions."""
    tanh, losses = course("ex05_activations").Tanh, course("ex06_losses")
    network = [dense(course, rng, 2, 16), tanh(), dense(course, rng, 16, 1, SMALL), tanh()]
    task = Task(network, losses.mse, losses.mse_prime, epochs=1000, learning_rate=0.05)
    data = load_xor()
    train(course, task, data.x_train, data.y_train)
    predictions = list(predict(course, task, data.x_test))
    return float(np.max(np.abs(np.array(predictions) - data.y_test)))


def zero_or_one(course: Course, rng: np.random.Generator, digits: Digits) -> Reached:
    """Tell 0 from 1 with a convolution, sigmoids and binary cross-entropy."""
    sigmoid, losses = course("ex05_activations").Sigmoid, course("ex06_losses")
    network = [
        convolutional(course, rng, (1, 28, 28), 3, 5, bias=NEARLY_OFF),
        sigmoid(),
        course("ex03_reshape").Reshape((5, 26, 26), (5 * 26 * 26, 1)),
        dense(course, rng, 5 * 26 * 26, 100),
        sigmoid(),
        dense(course, rng, 100, 2),
        sigmoid(),
    ]
    loss, prime = losses.binary_cross_entropy, losses.binary_cross_entropy_prime
    task = Task(network, loss, prime, epochs=2, learning_rate=0.1)
    return learn(course, task, rng, digits, classes=2, test_images=500)


def ten_digits(course: Course, rng: np.random.Generator, digits: Digits) -> Reached:
    """Classify all ten digits with a convolution, ReLU, dropout and softmax."""
    relu, losses = course("ex05_activations").ReLU, course("ex06_losses")
    network = [
        convolutional(course, rng, (1, 28, 28), 5, 3),
        relu(),
        course("ex03_reshape").Reshape((3, 24, 24), (3 * 24 * 24, 1)),
        course("ex08_dropout").Dropout(0.25),
        dense(course, rng, 3 * 24 * 24, 32),
        relu(),
        dense(course, rng, 32, 10),
        course("ex07_softmax").Softmax(),
    ]
    loss, prime = losses.categorical_cross_entropy, losses.categorical_cross_entropy_prime
    task = Task(network, loss, prime, epochs=2, learning_rate=0.01)
    return learn(course, task, rng, digits, classes=10, test_images=1000)


def learn(
    course: Course,
    task: Task,
    rng: np.random.Generator,
    digits: Digits,
    *,
    classes: int,
    test_images: int,
) -> Reached:
    """Train a network on a sample of the images, and have it classify others.

    Parameters
    ----------
    digits : callable
        Returns the images; it is called only after a rehearsal has shown that nothing is missing.
    classes : int
        Only the digits below this one are used.
    test_images : int
        The number of test images, at most.
    """
    rehearse(course, task, classes)
    sample = draw(rng, digits(), classes=classes, of_each=IMAGES, test_images=test_images)
    train(course, task, sample.inputs, sample.targets[:, :, np.newaxis])
    return sample.accuracy_of(predict(course, task, sample.test_inputs))


def rehearse(course: Course, task: Task, classes: int) -> None:
    """Send one blank image through without learning, so that a missing part shows at once."""
    blank, target = np.zeros((1, 1, 28, 28), np.float32), np.eye(classes)[:1, :, np.newaxis]
    train(course, task._replace(epochs=1, learning_rate=0.0), blank, target)
    list(predict(course, task, blank))


def train(course: Course, task: Task, x_train: Array, y_train: Array) -> None:
    """Call the student's `train`."""
    course("ex09_training").train(
        list(task.network),
        task.loss,
        task.loss_prime,
        x_train,
        y_train,
        task.epochs,
        task.learning_rate,
        verbose=False,
    )


def predict(course: Course, task: Task, inputs: Array) -> Iterator[Any]:
    """Yield what the student's `predict` returns for each input."""
    network = list(task.network)
    return call_each(course("ex09_training").predict, [(network, input) for input in inputs])


def dense(
    course: Course,
    rng: np.random.Generator,
    inputs: int,
    outputs: int,
    deviation: float | None = None,
) -> StudentProxy:
    """Return a student's dense layer with initial weights from the grader, by default He's."""
    layer: StudentProxy = course("ex04_dense").Dense(inputs, outputs)
    layer.weights = rng.normal(0, deviation or np.sqrt(2 / inputs), (outputs, inputs))
    layer.bias = np.zeros((outputs, 1))
    return layer


def convolutional(
    course: Course,
    rng: np.random.Generator,
    shape: tuple[int, int, int],
    kernel_size: int,
    depth: int,
    bias: float = 0.0,
) -> StudentProxy:
    """Return a student's convolutional layer with initial weights from the grader."""
    channels, height, width = shape
    layer: StudentProxy = course("ex02_convolutional").Convolutional(shape, kernel_size, depth)
    deviation = np.sqrt(2 / (channels * kernel_size**2))
    layer.kernels = rng.normal(0, deviation, (depth, channels, kernel_size, kernel_size))
    layer.biases = np.full((depth, height - kernel_size + 1, width - kernel_size + 1), bias)
    return layer
