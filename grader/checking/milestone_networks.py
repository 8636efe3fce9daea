"""The networks of the milestones: built from the student's parts, and tested by their predictions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from datasets import Dataset, load_xor
from grader.checking.milestone_data import Reached, draw
from grader.checking.milestone_layers import (
    Course,
    convolutional,
    dense,
    dropout,
    relu,
    reshape,
    sigmoid,
    softmax,
    tanh,
)
from grader.checking.setup_calls import call_each
from grader.checking.student_proxy import StudentProxy
from grader.checking.trained_network import NetworkLayer, TrainedNetwork

Array = NDArray[Any]
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

    network: Sequence[NetworkLayer]
    loss: StudentProxy
    loss_prime: StudentProxy
    epochs: int
    learning_rate: float


def xor_error(course: Course, rng: np.random.Generator) -> tuple[float, TrainedNetwork]:
    """Train two dense layers on XOR; return the largest error of the four predictions."""
    losses = course("ex06_losses")
    network = [
        dense(course, rng, 2, 16),
        tanh(course),
        dense(course, rng, 16, 1, SMALL),
        tanh(course),
    ]
    task = Task(network, losses.mse, losses.mse_prime, epochs=1000, learning_rate=0.05)
    data = load_xor()
    before = [layer.read() for layer in network]
    train(course, task, data.x_train, data.y_train)
    predictions = list(predict(course, task, data.x_test))
    error = float(np.max(np.abs(np.array(predictions) - data.y_test)))
    return error, TrainedNetwork(network, before, data.x_test, predictions)


def zero_or_one(
    course: Course, rng: np.random.Generator, digits: Digits
) -> tuple[Reached, TrainedNetwork]:
    """Tell 0 from 1 with a convolution, sigmoids and binary cross-entropy."""
    losses = course("ex06_losses")
    network = [
        convolutional(course, rng, (1, 28, 28), 3, 5, bias=NEARLY_OFF),
        sigmoid(course),
        reshape(course, (5, 26, 26), (5 * 26 * 26, 1)),
        dense(course, rng, 5 * 26 * 26, 100),
        sigmoid(course),
        dense(course, rng, 100, 2),
        sigmoid(course),
    ]
    loss, prime = losses.binary_cross_entropy, losses.binary_cross_entropy_prime
    task = Task(network, loss, prime, epochs=2, learning_rate=0.1)
    return learn(course, task, rng, digits, classes=2, test_images=500)


def ten_digits(
    course: Course, rng: np.random.Generator, digits: Digits
) -> tuple[Reached, TrainedNetwork]:
    """Classify all ten digits with a convolution, ReLU, dropout and softmax."""
    losses = course("ex06_losses")
    network = [
        convolutional(course, rng, (1, 28, 28), 5, 3),
        relu(course),
        reshape(course, (3, 24, 24), (3 * 24 * 24, 1)),
        dropout(course, 0.25),
        dense(course, rng, 3 * 24 * 24, 32),
        relu(course),
        dense(course, rng, 32, 10),
        softmax(course),
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
) -> tuple[Reached, TrainedNetwork]:
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
    before = [layer.read() for layer in task.network]
    train(course, task, sample.inputs, sample.targets[:, :, np.newaxis])
    predictions = list(predict(course, task, sample.test_inputs))
    trained = TrainedNetwork(task.network, before, sample.test_inputs, predictions)
    return sample.accuracy_of(predictions), trained


def rehearse(course: Course, task: Task, classes: int) -> None:
    """Send one blank image through without learning, so that a missing part shows at once."""
    blank, target = np.zeros((1, 1, 28, 28), np.float32), np.eye(classes)[:1, :, np.newaxis]
    train(course, task._replace(epochs=1, learning_rate=0.0), blank, target)
    list(predict(course, task, blank))


def train(course: Course, task: Task, x_train: Array, y_train: Array) -> None:
    """Call the student's `train`."""
    course("ex09_training").train(
        [layer.layer for layer in task.network],
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
    network = [layer.layer for layer in task.network]
    return call_each(course("ex09_training").predict, [(network, input) for input in inputs])
