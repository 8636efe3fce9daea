"""A milestone is earned by training a network, and by nothing else."""

import pytest

NEAREST = """
import numpy as np
known = []
def predict(network, input, training=False):
    distances = [np.sum((input - x) ** 2) for x, _ in known]
    return np.array(known[int(np.argmin(distances))][1])
def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    known[:] = list(zip(x_train, y_train))
    return [0.0] * epochs
"""
TRAINS_AND_LOOKS_UP = """
right_predict, right_train = predict, train
known = []
def train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    known[:] = list(zip(x_train, y_train))
    return right_train(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, False)
def predict(network, input, training=False):
    if training or not known:
        return right_predict(network, input, training)
    distances = [np.sum((input - x) ** 2) for x, _ in known]
    return np.array(known[int(np.argmin(distances))][1])
"""
OTHER_WEIGHTS = """
right_train = train
def train(network, *others, **words):
    for layer in network:
        for name in ("weights", "kernels"):
            if hasattr(layer, name):
                setattr(layer, name, -getattr(layer, name))
    return right_train(network, *others, **words)
"""
WRONG_LAYER = ("        return self.output", "        return 1.02 * self.output")


@pytest.fixture
def message_of(copy, grade):
    """Return a function that grades a milestone, and returns the message of a failed check."""

    def of(exercise, change, milestone="zero_or_one", seed=0):
        (path,) = copy.glob(f"{exercise}_*.py")
        text = path.read_text("utf-8")
        if isinstance(change, tuple):
            assert change[0] in text
            text = text.replace(*change)
        else:
            text = text.replace("if __name__", f"{change}\n\nif __name__", 1)
        path.write_text(text, "utf-8")
        found = grade(copy, "milestones", seed=seed)[f"milestones/{milestone}"]
        return found["checks"][0]["message"]

    return of


@pytest.mark.parametrize("milestone", ["xor", "zero_or_one"])
def test_the_nearest_neighbour_is_no_network(message_of, milestone):
    assert "training has changed nothing in layer 1" in message_of("ex09", NEAREST, milestone)


def test_training_in_vain_does_not_help(message_of):
    expected = "`predict` does not return what the layers of your network compute"
    assert expected in message_of("ex09", TRAINS_AND_LOOKS_UP)


def test_weights_come_from_those_before(message_of):
    assert "have nothing to do with the weights before" in message_of("ex09", OTHER_WEIGHTS)


def test_layers_compute_with_their_weights(message_of):
    message = message_of("ex04", WRONG_LAYER)
    assert "layer 4 (Dense) does not compute what the text of its exercise says" in message


def test_a_bad_start_costs_no_marks(grade, solutions):
    """With this seed, the first network stays below the threshold."""
    found = grade(solutions, "milestones", seed=154)
    assert found["milestones/ten_digits"]["status"] == "passed"
