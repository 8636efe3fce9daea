"""A milestone that sees batches, in a size of its own."""

import numpy as np

from datasets import Dataset
from grader.checking import expect, marks, part
from grader.checking.milestone_data import draw

GAIN = np.array([1.0, -1.5, 2.0])
BATCH = 16


def features(rng, count):
    """Return rows of three features, and for each which of them is the largest once scaled."""
    x = rng.normal(size=(count, 3))
    return x, np.argmax(x * GAIN, axis=1)


def new_data(rng):
    """Return a data set in the form of all others."""
    x_train, y_train = features(rng, 300)
    x_test, y_test = features(rng, 200)
    return Dataset(x_train, y_train, x_test, y_test, "features")


def softmax(x):
    """Return each row's probabilities."""
    powers = np.exp(x - x.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@part("extra/scales")
class TestScales:
    """learning scales"""

    @marks(4)
    def test_accuracy(self, course, rng, remarks):
        """A scaling layer learns from batches which features are turned round."""
        layer = course("ex90_scale").Scale(3)
        sample = draw(rng, new_data(rng), classes=3, of_each=60, test_images=150)
        gain = np.ones(3)
        for start in list(range(0, len(sample.train_indices), BATCH)) * 20:
            x, targets = sample.inputs[start : start + BATCH], sample.targets[start : start + BATCH]
            layer.parameters = {"gain": gain}
            layer.backward((softmax(layer.forward(x, training=True)) - targets) / len(x))
            gain = gain - 0.5 * layer.gradients["gain"]
        layer.parameters = {"gain": gain}
        reached = sample.accuracy_of(layer.forward(sample.test_inputs))
        remarks.append(f"{reached.accuracy:.0%} of {reached.judged}")
        expect(
            reached.accuracy > 0.9,
            "only {accuracy:.0%} are classified correctly",
            accuracy=reached.accuracy,
        )
