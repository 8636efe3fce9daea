"""Exercise 16: checks for a loss of logits and for the model, with a small network of given layers."""

from typing import NamedTuple

import numpy as np

from grader.checking import (
    call_each,
    expect,
    expect_array,
    expect_close,
    expect_dtype,
    expect_finite,
    expect_no_warning,
    expect_number,
    expect_unchanged_arguments,
    helps,
    incidental,
    marks,
    note,
    numerical_gradient,
    part,
    random,
    unrecorded,
)
from grader.checking.model_twin import (
    CLASSES,
    HIDDEN,
    INPUTS,
    Descent,
    Spy,
    Twin,
    evaluate_now,
    right_loss,
)


class Network(NamedTuple):
    """A model of the student's around given layers, with the grader's spy and twin."""

    model: object
    layers: list
    spy: Spy
    twin: Twin

    def arrays(self):
        """Return the parameters of the layers."""
        with unrecorded(self.model):
            first, last = (self.layers[i].parameters for i in (1, 3))
        return [first["weights"], first["bias"], last["weights"], last["bias"]]


def new_network(exercise, course, rng):
    """Return a network in which the layers have the twin's numbers."""
    given, spy, twin = course("batch_layers"), Spy(), Twin(rng)
    layers = [
        course("layer").BatchLayer(),
        given.Dense(INPUTS, HIDDEN),
        given.ReLU(),
        given.Dense(HIDDEN, CLASSES),
    ]
    layers[0].forward, layers[0].backward = spy.forward, spy.backward
    for layer, (weights, bias) in zip(layers[1::2], (twin.arrays[:2], twin.arrays[2:])):
        layer.parameters = {"weights": weights, "bias": bias}
    return Network(exercise.Model(layers), layers, spy, twin)


def new_data(rng, samples, classes=CLASSES):
    """Return samples and targets of mixed classes."""
    return random(rng, samples, INPUTS), np.eye(classes)[rng.integers(0, classes, samples)]


class Fitted(NamedTuple):
    """What `fit` returned and did, and what it should have."""

    history: object
    network: Network
    batches: list
    training: list
    events: list
    due: list
    orders: list


def fitted(exercise, course, rng, samples, batch_size, epochs, validation=None, /, **words):
    """Fit a network of the student's; fit the twin with the samples in the order that was seen."""
    network = new_network(exercise, course, rng)
    x, y = new_data(rng, samples)
    optimiser = Descent(network.spy.events, len(network.layers))
    batches = network.spy.batches
    words = {"verbose": False} | words
    if validation is not None:
        words["validation"] = validation
        if helps(network.model):
            network.model.evaluate = evaluate_now(network.twin, optimiser)
    history = network.model.fit(x, y, epochs, batch_size, optimiser, **words)
    expect_unchanged_arguments(network.model)
    if validation is not None and not helps(network.model):
        batches = [b for b, training in zip(batches, network.spy.training) if training]
    seen = [int(np.argmin(np.abs(x - row).sum(1))) for batch in batches for row in batch]
    orders = [np.array(seen[i : i + samples]) for i in range(0, len(seen), samples)]
    if not words.get("shuffle", True):
        orders = epochs * [np.arange(samples)]
    due = network.twin.fit(x, y, orders, batch_size)
    return Fitted(history, network, batches, network.spy.training, network.spy.events, due, orders)


def expect_same_parameters(done):
    """Fail unless the network has the parameters that the twin has."""
    found = np.concatenate([np.ravel(a) for a in done.network.arrays()])
    note(done.network.model, "parameters", found)
    due = np.concatenate([np.ravel(a) for a in done.network.twin.arrays])
    expect_close(found, due, "the array of all parameters after training")


def expect_history(done, due, names=("loss", "accuracy")):
    """Fail unless the history has these numbers under these names."""
    history = done.history
    is_right = isinstance(history, list | tuple) and all(isinstance(r, dict) for r in history)
    expect(
        is_right, "fit should return a list of dictionaries; it returns {got!r:.60}", got=history
    )
    expect(
        len(history) == len(due),
        "fit should return one dictionary for each of {due} epochs; it returns {got}",
        due=len(due),
        got=len(history),
    )
    for number, (record, numbers) in enumerate(zip(history, due)):
        for name, number_due in zip(names, numbers):
            what = f'history[{number}]["{name}"]'
            expect(name in record, "{what} is missing", what=what)
            expect_number(record[name], number_due, what)


@part("ex16/softmax_cross_entropy", target="softmax_cross_entropy")
class TestLoss:
    """softmax_cross_entropy"""

    @marks(1)
    def test_loss(self, exercise, rng):
        """The loss is the mean, over the samples, of minus the logarithm of the right probability."""
        for logits, targets, (loss, _) in losses(exercise, rng):
            expect_number(loss, right_loss(logits, targets)[0], "the loss")

    @marks(1)
    def test_gradient(self, exercise, rng):
        """The gradient is probability minus target, divided by the number of samples."""
        for logits, targets, (_, gradient) in losses(exercise, rng):
            expected = numerical_gradient(lambda z, t=targets: right_loss(z, t)[0], logits)
            expect_close(gradient, expected, "the gradient", tolerance=1e-5)
            expect_unchanged_arguments(exercise)
        logits, targets = random(rng, 3, 4).astype(np.float32), np.eye(4)[[0, 3, 3]]
        for kind in (np.float32, np.float64):
            _, gradient = pair_of(exercise.softmax_cross_entropy(logits, targets.astype(kind)))
            expect_dtype(gradient, np.float32, "the gradient")

    @marks(1)
    def test_huge_logits(self, exercise, rng):
        """Huge logits of either sign give the right numbers, without a warning."""
        for size in (1000.0, 1e5):
            logits, targets = size * random(rng, 3, 4), np.eye(4)[[1, 0, 3]]
            loss, gradient = pair_of(exercise.softmax_cross_entropy(logits, targets))
            due = right_loss(logits, targets)
            expect_finite(loss, "the loss")
            expect_number(loss, due[0], "the loss")
            expect_close(gradient, due[1], "the gradient")
            expect_no_warning(exercise)


def losses(exercise, rng):
    """Yield logits, targets, and what the student's function returns for them."""
    given = []
    for samples, classes in ((3, 4), (1, 2), (5, 3), (2, 6)):
        targets = np.eye(classes)[rng.integers(0, classes, samples)]
        given.append((random(rng, samples, classes), targets))
    for (logits, targets), answer in zip(given, call_each(exercise.softmax_cross_entropy, given)):
        yield logits, targets, pair_of(answer)


def pair_of(answer):
    """Return an answer that consists of two, or fail."""
    is_pair = isinstance(answer, list | tuple) and len(answer) == 2
    expect(is_pair, "the answer should be a pair; it is {got!r:.60}", got=answer)
    return answer


@part("ex16/fit", target="Model.fit", stand_ins={"softmax_cross_entropy": right_loss})
class TestFit:
    """Model.fit"""

    @marks(1)
    def test_steps(self, exercise, course, rng):
        """Each batch gives one step; the last batch may be smaller, and counts."""
        for samples, batch_size, epochs in ((7, 3, 2), (4, 4, 3), (3, 5, 1), (5, 1, 2)):
            with incidental(exercise):
                done = fitted(exercise, course, rng, samples, batch_size, epochs, shuffle=False)
            sizes = [len(batch) for batch in done.batches]
            note(exercise, "sizes", sizes)
            each = [min(batch_size, samples - i) for i in range(0, samples, batch_size)]
            expect(
                sizes == epochs * each,
                "{samples} samples in batches of {size} for {epochs} epochs: the batches should "
                "have the sizes {due}; they have {got}",
                samples=samples,
                size=batch_size,
                epochs=epochs,
                due=epochs * each,
                got=sizes,
            )
            expect_same_parameters(done)

    @marks(1)
    def test_shuffling(self, exercise, course, rng):
        """With shuffle, each epoch has another order, the same for x and y; rng makes it repeatable."""
        runs = []
        for seed, words in ((11, {}), (12, {"shuffle": True})):
            with incidental(exercise):
                done = fitted(exercise, course, rng, 17, 4, 3, rng=seed, **words)
            whole = [sorted(order) == list(range(17)) for order in done.orders]
            expect(
                len(whole) == 3 and all(whole),
                "in each epoch, each sample should go forward once; it does not",
            )
            runs += [order.tolist() for order in done.orders]
            expect_same_parameters(done)
        runs.append(list(range(17)))
        repeated = any(a == b for i, a in enumerate(runs) for b in runs[:i])
        expect(
            not repeated,
            "each epoch should have a new order; one comes twice, or is no other",
        )
        again = fitted_orders(exercise, course, rng, 17, 3, seed=11)
        same = [order.tolist() for order in again] == runs[:3]
        expect(same, "the same seed as rng should give the same orders again; it gives others")

    @marks(1)
    def test_training(self, exercise, course, rng):
        """For each batch: forward once, with training=True, then backward, then step."""
        for samples, batch_size, epochs in ((5, 2, 2), (3, 3, 1)):
            with incidental(exercise):
                done = fitted(exercise, course, rng, samples, batch_size, epochs)
            note(exercise, "calls", [done.events, done.training])
            expect(
                all(done.training),
                "in fit, forward should get training=True; it gets training=False",
            )
            due = epochs * -(-samples // batch_size) * ["forward", "backward", "step"]
            expect(
                done.events == due,
                "the calls should be {due} and so on; they are {got}",
                due=due[:6],
                got=done.events[:6],
            )

    @marks(1)
    def test_history(self, exercise, course, rng):
        """The history has means over all samples of each epoch, and those of the validation set."""
        for samples, batch_size, epochs in ((7, 3, 3), (5, 4, 2)):
            done = fitted(exercise, course, rng, samples, batch_size, epochs, shuffle=False)
            expect_history(done, done.due)
        validation = new_data(rng, 4)
        done = fitted(
            exercise, course, rng, 6, 4, 1, validation, shuffle=False, rng=3, verbose=True
        )
        names = ("validation_loss", "validation_accuracy")
        expect_history(done, done.due)
        expect_history(done, [done.network.twin.evaluate(*validation)], names)


def fitted_orders(exercise, course, rng, samples, epochs, seed):
    """Return the orders in which a new network sees its samples."""
    with unrecorded(exercise):
        return fitted(exercise, course, rng, samples, 5, epochs, rng=seed).orders


@part("ex16/evaluate", target="Model.evaluate", stand_ins={"softmax_cross_entropy": right_loss})
class TestEvaluate:
    """Model.evaluate"""

    @marks(1)
    def test_evaluate(self, exercise, course, rng):
        """It returns the mean loss and the accuracy of all samples, without training."""
        for samples, words in ((6, {}), (1, {}), (9, {"batch_size": 4}), (281, {})):
            network = new_network(exercise, course, rng)
            x, y = new_data(rng, samples)
            loss, accuracy = pair_of(network.model.evaluate(x, y, **words))
            due = network.twin.evaluate(x, y)
            expect_number(loss, due[0], "the loss")
            expect_number(accuracy, due[1], "the accuracy")
            expect_unchanged_arguments(network.model)
            expect_no_training(exercise, network)


@part("ex16/predict", target="Model.predict")
class TestPredict:
    """Model.predict"""

    @marks(1)
    def test_predict(self, exercise, course, rng):
        """It returns the probabilities of all samples, in their order, without training."""
        for samples, words in ((6, {}), (1, {}), (9, {"batch_size": 4}), (281, {})):
            network = new_network(exercise, course, rng)
            x, _ = new_data(rng, samples)
            if samples == 6:
                x *= 400  # the logits are huge as well
            logits = network.twin.forward(x)
            due = right_loss(logits, np.zeros(logits.shape))[1] * samples
            expect_close(network.model.predict(x, **words), due, "the array of probabilities")
            expect_no_warning(network.model)
            expect_unchanged_arguments(network.model)
            expect_no_training(exercise, network)


def expect_no_training(exercise, network):
    """Fail if forward was told that this is training, or if anything was learned."""
    told = any(network.spy.training)
    note(exercise, "training", told)
    expect(not told, "forward should get training=False; it gets training=True")
    for array, before in zip(network.arrays(), network.twin.arrays):
        expect_close(array, before, "an array of parameters afterwards")


@part("ex16/set_state", target="Model.set_state")
class TestSetState:
    """Model.set_state"""

    @marks(1)
    def test_set_state(self, exercise, course, rng):
        """All parameters get their arrays; if one does not fit, ValueError, and none has changed."""
        names = ("1.weights", "1.bias", "3.weights", "3.bias")
        network, other = new_network(exercise, course, rng), Twin(rng)
        network.model.set_state(dict(zip(names, other.arrays)))
        for name, array, due in zip(names, network.arrays(), other.arrays):
            note(exercise, name, array)
            expect_close(array, due, f"the array of {name}")
        expect_unchanged_arguments(network.model)
        right = dict(zip(names, Twin(rng).arrays))
        bad = [{**right, name: right[name][:-1]} for name in ("3.bias", "1.weights")]
        bad.append({**right, "3.bias": right["3.bias"][np.newaxis]})
        bad.append({name: array for name, array in right.items() if name != "3.weights"})
        for state in bad:
            kind = raised_by(network.model.set_state, state)
            note(exercise, "kind", kind)
            expect(
                kind == "ValueError",
                "an array that is missing or has another shape should raise ValueError; {got}",
                got=f"it raises {kind}" if kind else "nothing is raised",
            )
            for array, before in zip(network.arrays(), other.arrays):
                expect_array(array, before.shape, "an array of parameters after the error")
                expect_close(array, before, "an array of parameters after the error")


def raised_by(function, *args):
    """Return the name of the exception that a call raises; empty if there is none."""
    try:
        function(*args)
    except NotImplementedError:
        raise
    except Exception as error:
        return getattr(getattr(error, "raised", None), "kind", type(error).__name__)
    return ""
