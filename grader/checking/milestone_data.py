"""The images of a milestone: a balanced sample to learn from, and others to be judged by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from datasets import Dataset

Array = NDArray[Any]


class Reached(NamedTuple):
    """The share of the test images that were read rightly, and what they are."""

    accuracy: float
    judged: int
    data: Dataset


class Sample(NamedTuple):
    """What a network learns from, and what it is judged by.

    The labels of the test images stay here: the student's code gets images and gives answers.

    Attributes
    ----------
    data : Dataset
        Of inputs of any shape.
    classes : int
        Only the labels below this one are used.
    learned, judged : ndarray
        The indices of the training and of the test images.
    """

    data: Dataset
    classes: int
    learned: Array
    judged: Array

    @property
    def inputs(self) -> Array:
        """What to learn from."""
        return self.data.x_train[self.learned]

    @property
    def targets(self) -> Array:
        """One row for each input: 1 at its class, 0 elsewhere."""
        return np.asarray(np.eye(self.classes)[self.data.y_train[self.learned]])

    @property
    def questions(self) -> Array:
        """What to classify."""
        return self.data.x_test[self.judged]

    def reached(self, predictions: Iterable[Any]) -> Reached:
        """Return how many of the questions were answered rightly.

        Parameters
        ----------
        predictions : iterable
            One for each question, in their order: an array with one number for each class.
        """
        answers = [_class_in(prediction, self.classes) for prediction in predictions]
        right = np.mean(answers == self.data.y_test[self.judged])
        return Reached(float(right), len(self.judged), self.data)


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
        How many images of each class to learn from.
    test_images : int
        How many to be judged by, at most.
    """
    learned = [_some(rng, data.y_train == label, of_each) for label in range(classes)]
    chosen = rng.permutation(np.concatenate(learned))
    return Sample(data, classes, chosen, _some(rng, data.y_test < classes, test_images))


def _some(rng: np.random.Generator, allowed: Array, count: int) -> Array:
    """Return the indices of so many (or all) of the images that are allowed."""
    return rng.permutation(np.flatnonzero(allowed))[:count]


def _class_in(prediction: Any, classes: int) -> int:
    """Return the class that a prediction says, or -1 if it says none."""
    usable = isinstance(prediction, np.ndarray) and prediction.size == classes
    if not usable or not np.isfinite(prediction).all():
        return -1
    return int(np.argmax(prediction))
