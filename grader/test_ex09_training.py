"""Exercise 9: checks for `predict` and `train`, with small layers from the grader."""

from functools import partial
from typing import NamedTuple

import numpy as np

from grader.checking import (
    expect,
    expect_close,
    expect_unchanged_arguments,
    incidental,
    marks,
    note,
    part,
    random,
)

RUNS = ((4, 3, 3), (7, 5, 1), (1, 3, 2), (2, 2, 6))  # samples, layers, epochs
LEARNING_RATE = 0.03


quiet = partial(np.errstate, all="ignore")
"""Silences NumPy in the grader's layers: if training diverges, only student code may warn."""


class Scale:
    """A layer with one weight: y = weight * x. It records every call of its methods in a diary."""

    def __init__(self, weight, diary, name):
        self.weight = weight
        self.diary = diary
        self.name = name
        self.input = None

    @quiet()
    def forward(self, input, training=False):
        """Multiply."""
        self.diary.append((self.name, "forward", bool(training)))
        self.input = input
        return self.weight * input

    @quiet()
    def backward(self, output_gradient, learning_rate):
        """Update the weight, and return the gradient computed with the weight before the update."""
        self.diary.append((self.name, "backward", float(learning_rate)))
        gradient = self.weight * output_gradient
        self.weight -= learning_rate * float(np.sum(output_gradient * self.input))
        return gradient


class Shift(Scale):
    """A layer like `Scale` for y = sin(x) + weight: its order matters, and its outputs stay small."""

    @quiet()
    def forward(self, input, training=False):
        """Take the sine and add."""
        super().forward(input, training)
        return np.sin(input) + self.weight

    @quiet()
    def backward(self, output_gradient, learning_rate):
        """Update the weight, and return the gradient."""
        self.diary.append((self.name, "backward", float(learning_rate)))
        self.weight -= learning_rate * float(np.sum(output_gradient))
        return np.cos(self.input) * output_gradient


class Lengthen(Scale):
    """A layer like `Scale` that repeats the first number at the end, so that the shape changes."""

    @quiet()
    def forward(self, input, training=False):
        """Multiply and append."""
        output = super().forward(input, training)
        return np.append(output, output[:1], axis=0)

    @quiet()
    def backward(self, output_gradient, learning_rate):
        """Update the weight, and return the gradient."""
        both = output_gradient[:-1].copy()
        both[:1] += output_gradient[-1:]
        return super().backward(both, learning_rate)


def new_network_of_two_shapes():
    """Return a network that turns two numbers into three."""
    kinds, weights = (Scale, Lengthen, Shift), (0.5, -0.4, 0.3)
    return [kind(weight, [], kind.__name__) for kind, weight in zip(kinds, weights)]


def new_network(depth=3):
    """Return a network with this many layers, and the diary that they share."""
    diary = []
    names = ("first", "second", "third", "fourth", "fifth")
    kinds, weights = (Scale, Shift, Scale, Shift, Scale), (0.5, 0.2, -0.4, 0.3, 0.8)
    layers = [kind(weight, diary, name) for kind, weight, name in zip(kinds, weights, names)]
    return layers[:depth], diary


@quiet()
def loss(y_true, y_pred):
    """Return a loss that changes if its arguments are swapped."""
    return float(np.sum((y_pred - 2 * y_true) ** 2))


@quiet()
def loss_prime(y_true, y_pred):
    """Return the derivative of `loss` with respect to the prediction."""
    return 2 * (y_pred - 2 * y_true)


def right_predict(network, input, training=False):
    """Predict correctly."""
    for layer in network:
        input = layer.forward(input, training)
    return input


def right_train(network, x_train, y_train, epochs, learning_rate):
    """Train correctly."""
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, y in zip(x_train, y_train):
            output = right_predict(network, x, training=True)
            total += loss(y, output)
            gradient = loss_prime(y, output)
            for layer in network[::-1]:
                gradient = layer.backward(gradient, learning_rate)
        losses.append(total / len(x_train))
    return losses


class Training(NamedTuple):
    """The results of the student's `train` on a network, and of the grader's on an equal one."""

    answer: object
    right_answer: list
    network: list
    twin: list
    calls: list
    right_calls: list


def trained(exercise, rng, run, learning_rate=LEARNING_RATE, **words):
    """Train a network with the student's `train`, and an equal one with the grader's."""
    count, depth, epochs = run
    data = random(rng, count, 2, 1), random(rng, count, 2, 1)
    network, calls = new_network(depth)
    answer = exercise.train(network, loss, loss_prime, *data, epochs, learning_rate, **words)
    expect_unchanged_arguments(exercise)
    twin, right_calls = new_network(depth)
    right_answer = right_train(twin, *data, epochs, learning_rate)
    return Training(answer, right_answer, network, twin, calls, right_calls)


def expect_calls_alone(exercise, rng, run, kind):
    """Compare the calls of one kind that `train` makes, whatever else is wrong with it."""
    with incidental(exercise):
        done = trained(exercise, rng, run, verbose=False)
    # In which order the two kinds alternate, but the details of this kind alone.
    calls = [call if call[1] == kind else call[1] for call in done.calls]
    note(exercise, "calls", calls)
    expect_calls(done.calls, done.right_calls, kind)


def expect_calls(all_calls, right_calls, kind):
    """Compare the calls of one kind ("forward" or "backward"), in their order."""
    calls = [call for call in all_calls if call[1] == kind]
    expected = [call for call in right_calls if call[1] == kind]
    for number, (call, due) in enumerate(zip(calls, expected), start=1):
        same = call[0] == due[0] and np.isclose(call[2], due[2], rtol=1e-5)
        expect(
            bool(same),
            "call {number} of {kind} should go to the {due} layer with {what}={due_value}; "
            "it goes to the {got} layer with {what}={got_value}",
            number=number,
            kind=kind,
            what="training" if kind == "forward" else "learning_rate",
            due=due[0],
            due_value=due[2],
            got=call[0],
            got_value=call[2],
        )
    expect(
        len(calls) == len(expected),
        "your code should call {kind} {expected} times in total; it calls it {calls} times",
        kind=kind,
        expected=len(expected),
        calls=len(calls),
    )


def expect_every_epoch(exercise, rng):
    """Fail if training stops early when the loss rises, stays the same, becomes 0 or rises again."""
    means = [3.0, 5.0, 5.0, 0.0, 1e-9, 2.0]
    count, depth = 2, 2
    network, calls = new_network(depth)

    def scripted_loss(y_true, y_pred):  # noqa: ARG001 (the script ignores its arguments)
        forwards = sum(call[1] == "forward" for call in calls)
        return means[min((forwards - 1) // (count * depth), len(means) - 1)]

    data = random(rng, count, 2, 1), random(rng, count, 2, 1)
    arguments = network, scripted_loss, loss_prime, *data, len(means), LEARNING_RATE
    answer = exercise.train(*arguments, verbose=False)
    twin, right_calls = new_network(depth)
    right_train(twin, *data, len(means), LEARNING_RATE)
    expect_losses(answer, means)
    expect_calls(calls, right_calls, "backward")


@part("ex09/predict", target="predict")
class TestPredict:
    """predict"""

    @marks(1)
    def test_values(self, exercise, rng):
        """The input goes through all layers, from first to last."""
        for count in (3, 1, 2, 5):
            x = random(rng, 2, 1)
            network, calls = new_network(count)
            twin, right_calls = new_network(count)
            expected = right_predict(twin, x)
            expect_close(exercise.predict(network, x), expected, "the prediction")
            expect_unchanged_arguments(exercise)
            expect_calls(calls, right_calls, "forward")
            expect_calls(calls, right_calls, "backward")
        network, twin, x = (
            new_network_of_two_shapes(),
            new_network_of_two_shapes(),
            random(rng, 2, 1),
        )
        expect_close(exercise.predict(network, x), right_predict(twin, x), "the prediction")

    @marks(1)
    def test_training(self, exercise, rng):
        """Predict passes `training` on to every layer; by default it is False."""
        x = random(rng, 2, 1)
        for words in ({}, {"training": False}, {"training": True}):
            network, calls = new_network()
            with incidental(exercise):
                exercise.predict(network, x, **words)
            told = {training for _, _, training in calls}
            training = words.get("training", False)
            expect(
                told == {training},
                "forward of every layer should get training={training}; it gets {told}",
                training=training,
                told=sorted(told),
            )


@part("ex09/train", target="train", stand_ins={"predict": right_predict})
class TestTrain:
    """train"""

    @marks(1)
    def test_losses(self, exercise, rng):
        """Train returns a list with the mean loss of each epoch."""
        for run in RUNS:
            done = trained(exercise, rng, run, verbose=False)
            expect_losses(done.answer, done.right_answer)
        for words in ({}, {"learning_rate": 0.0, "verbose": False}):
            done = trained(exercise, rng, (3, 2, 2), **words)
            expect_losses(done.answer, done.right_answer)
        expect_every_epoch(exercise, rng)

    @marks(2)
    def test_weights(self, exercise, rng):
        """Every epoch has one update per sample, in the order of the samples."""
        for run in RUNS:
            with incidental(exercise):
                done = trained(exercise, rng, run, verbose=False)
            expect_same_weights(exercise, done.network, done.twin)
        network, twin = new_network_of_two_shapes(), new_network_of_two_shapes()
        data = random(rng, 4, 2, 1), random(rng, 4, 3, 1)
        with incidental(exercise):
            exercise.train(network, loss, loss_prime, *data, 2, LEARNING_RATE, verbose=False)
        right_train(twin, *data, 2, LEARNING_RATE)
        expect_same_weights(exercise, network, twin)

    @marks(1)
    def test_forward(self, exercise, rng):
        """Each sample goes forward once per epoch, from the first layer on, with training=True."""
        for run in RUNS:
            expect_calls_alone(exercise, rng, run, "forward")

    @marks(1)
    def test_backward(self, exercise, rng):
        """Each gradient goes backward once, from the last layer on, with the learning rate."""
        for run in RUNS:
            expect_calls_alone(exercise, rng, run, "backward")


def expect_same_weights(exercise, network, twin):
    """Compare the weights of two networks after training."""
    weights, expected = (np.array([layer.weight for layer in layers]) for layers in (network, twin))
    note(exercise, "weights", weights)
    expect_close(weights, expected, "the array of the layers' weights after training")


def expect_losses(answer, right_answer):
    """Fail unless the answer is a list with one right number for each epoch."""
    numbers = answer if isinstance(answer, list | tuple) else np.atleast_1d(answer)
    expect(
        isinstance(answer, list | tuple | np.ndarray) and all(map(is_number, numbers)),
        "train should return a list with one number for each epoch; it returns {answer!r:.80}",
        answer=answer,
    )
    expect_close(np.array(numbers, dtype=float), right_answer, "the list of losses")


def is_number(value):
    """Return whether a value is one number; an array without dimensions counts as one."""
    return isinstance(value, int | float | np.number) or (
        isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind in "fiu"
    )
