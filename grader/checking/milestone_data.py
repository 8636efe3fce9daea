"""The images of a milestone: a balanced training sample, and a test sample."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from datasets import Dataset

Array = NDArray[Any]


class Reached(NamedTuple):
    """The share of the test images that were classified correctly, their number and their dataset."""

    accuracy: float
    judged: int
    data: Dataset


class Sample(NamedTuple):
    """The training and the test images of a network.

    The student's code gets the test images, but never their labels.

    Attributes
    ----------
    data : Dataset
        With inputs of any shape.
    classes : int
        Only the labels below this one are used.
    train_indices, test_indices : ndarray
        The indices of the training and of the test images.
    """

    data: Dataset
    classes: int
    train_indices: Array
    test_indices: Array

    @property
    def inputs(self) -> Array:
        """The training images."""
        return self.data.x_train[self.train_indices]

    @property
    def targets(self) -> Array:
        """One row for each training image: 1 at its class, 0 elsewhere."""
        return np.asarray(np.eye(self.classes)[self.data.y_train[self.train_indices]])

    @property
    def test_inputs(self) -> Array:
        """The test images."""
        return self.data.x_test[self.test_indices]

    def accuracy_of(self, predictions: Iterable[Any]) -> Reached:
        """Return the accuracy of predictions for the test images.

        Parameters
        ----------
        predictions : iterable
            One for each test image, in their order: an array with one number for each class.
        """
        answers = [_class_in(prediction, self.classes) for prediction in predictions]
        right = np.mean(answers == self.data.y_test[self.test_indices])
        return Reached(float(right), len(self.test_indices), self.data)


def draw(
    rng: np.random.Generator, data: Dataset, *, classes: int, of_each: int, test_images: int
) -> Sample:
    """Draw a sample.

    Parameters
    ----------
    rng : Generator
    data : Dataset
    classes : int
        Only the labels below this one are used.
    of_each : int
        The number of training images of each class.
    test_images : int
        The number of test images, at most.
    """
    learned = [_some(rng, data.y_train == label, of_each) for label in range(classes)]
    chosen = rng.permutation(np.concatenate(learned))
    return Sample(data, classes, chosen, _some(rng, data.y_test < classes, test_images))


def _some(rng: np.random.Generator, allowed: Array, count: int) -> Array:
    """Return the indices of at most `count` of the allowed images, in random order."""
    return rng.permutation(np.flatnonzero(allowed))[:count]


def _class_in(prediction: Any, classes: int) -> int:
    """Return the class with the largest number in a prediction, or -1 if it is unusable."""
    usable = isinstance(prediction, np.ndarray) and prediction.size == classes
    if not usable or not np.isfinite(prediction).all():
        return -1
    return int(np.argmax(prediction))
