"""Exercise 15: checks for `SGD`, `Momentum` and `Adam`."""

from functools import partial
from typing import NamedTuple

import numpy as np

from grader.checking import (
    arguments_after,
    expect,
    expect_close,
    expect_dtype,
    incidental,
    marks,
    optimiser_oracles,
    part,
    random,
)

# The shapes of the parameters of some networks. One layer has no parameters, and layers share names.
# Where arrays have equal shapes, code that mixes them up goes on without an error.
MIXED = (
    {"weights": (2, 3), "bias": (3,)},
    {},
    {"kernels": (2, 1, 3, 2), "bias": (2,)},
    {"weights": (2, 3), "bias": (3,)},
)
EQUAL = ({"a": (2, 2), "b": (2, 2)}, {"b": (2, 2), "a": (2, 2)})
SINGLE = ({"gain": (4,)},)
NETWORKS = (MIXED, EQUAL, SINGLE)

STEPS = 4
"""How many steps each optimiser takes; a correction that is right at first can be wrong later."""


class Step(NamedTuple):
    """One step of an optimiser: what it made of its arguments, and what it should have made of them."""

    parameters: object
    gradients: object
    right_parameters: list
    right_gradients: list

    def expect_parameters(self):
        """Fail unless the parameters are right after the step."""
        expect_arrays(self.parameters, self.right_parameters, "parameters")


def numbers(rng, network, dtype=float):
    """Return random numbers in the shapes of a network."""
    return [
        {name: random(rng, *shape).astype(dtype) for name, shape in layer.items()}
        for layer in network
    ]


def in_other_order(layers):
    """Return the same dictionaries with their names in the opposite order: only the names count."""
    return [dict(reversed(layer.items())) for layer in layers]


def expect_arrays(actual, expected, what):
    """Fail unless a list of dictionaries holds the right arrays."""
    expect(
        isinstance(actual, list | tuple)
        and len(actual) == len(expected)
        and all(
            isinstance(layer, dict) and layer.keys() == right.keys()
            for layer, right in zip(actual, expected)
        ),
        "{what} should still be a list of {count} dictionaries with the same names after the step",
        what=what,
        count=len(expected),
    )
    for index, right in enumerate(expected):
        for name, array in right.items():
            expect_close(actual[index][name], array, f'{what}[{index}]["{name}"] after the step')


def take_step(optimiser, parameters, gradients):
    """Let the optimiser take a step; return its arguments as the step left them."""
    with incidental(optimiser):  # what it returns is nobody's business
        optimiser.step(parameters, gradients)
    left = arguments_after(optimiser)
    expect(len(left) == 2, "step should take the two arguments parameters and gradients")
    return left


def steps(new_optimiser, right_step, rng, network, *, scale=1, dtype=float, kind=list):
    """Let two optimisers take steps in turns, and yield these; they must not share what they store.

    Each step starts where the last one should have ended.
    """
    optimisers = new_optimiser(), new_optimiser()
    histories = [], []
    positions = [numbers(rng, network, dtype) for _ in optimisers]
    for _ in range(STEPS):
        for optimiser, history, position in zip(optimisers, histories, positions):
            gradients = [
                {name: (scale * array).astype(dtype) for name, array in layer.items()}
                for layer in numbers(rng, network)
            ]
            history.append(gradients)
            left = take_step(optimiser, kind(position), kind(in_other_order(gradients)))
            for index, layer in enumerate(position):
                for name in layer:
                    subtracted = right_step([past[index][name] for past in history])
                    layer[name] = (layer[name] - subtracted).astype(dtype)
            yield Step(*left, position, gradients)


class Optimiser(NamedTuple):
    """An optimiser of the exercise, its settings, and what it should subtract from a parameter."""

    name: str
    right_step: object
    settings: tuple[dict, ...]

    def steps(self, exercise, rng, networks=NETWORKS, **options):
        """Yield steps with all settings, on all networks."""
        for settings in self.settings:
            for network in networks:
                new = partial(getattr(exercise, self.name), **settings)
                right_step = partial(self.right_step, **{**DEFAULTS[self.name], **settings})
                yield from steps(new, right_step, rng, network, **options)

    def expect_parameters(self, exercise, rng, **options):
        """Fail unless the parameters are right after every step."""
        for step in self.steps(exercise, rng, **options):
            step.expect_parameters()

    def expect_good_manners(self, exercise, rng):
        """Fail unless float32 stays float32, and gradients and dictionaries remain what they are."""
        # In a tuple, no dictionary can be replaced: a layer would not notice its new one.
        options = {"networks": (MIXED,), "dtype": np.float32, "kind": tuple}
        for step in self.steps(exercise, rng, **options):
            expect_arrays(step.gradients, step.right_gradients, "gradients")
            for index, right in enumerate(step.right_parameters):
                for name in right:
                    after = step.parameters[index].get(name)
                    expect_dtype(after, np.float32, f'parameters[{index}]["{name}"] after the step')


DEFAULTS = {
    "SGD": {},
    "Momentum": {"momentum": 0.9},
    "Adam": {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
}

# The learning rates are large: with small ones, nearly any step would do.
SGD = Optimiser("SGD", optimiser_oracles.sgd_step, ({"learning_rate": 0.7}, {"learning_rate": 1.9}))
MOMENTUM = Optimiser(
    "Momentum",
    optimiser_oracles.momentum_step,
    ({"learning_rate": 0.7}, {"learning_rate": 0.3, "momentum": 0.4}),
)
ADAM = Optimiser(
    "Adam",
    optimiser_oracles.adam_step,
    ({"learning_rate": 0.7}, {"learning_rate": 0.3, "beta1": 0.6, "beta2": 0.8}),
)
WITH_EPSILON = ADAM._replace(settings=({"learning_rate": 0.7, "epsilon": 0.3},))


@part("ex15/sgd", target="SGD.step")
class TestSgd:
    """SGD.step"""

    @marks(1)
    def test_values(self, exercise, rng):
        """Each parameter moves against its gradient, by learning rate times gradient."""
        SGD.expect_parameters(exercise, rng)

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, the gradients are left unchanged, and no dictionary is replaced."""
        SGD.expect_good_manners(exercise, rng)


@part("ex15/momentum", target="Momentum.step")
class TestMomentum:
    """Momentum.step"""

    @marks(2)
    def test_values(self, exercise, rng):
        """Each parameter moves by its own velocity: the last one times momentum, plus the gradient."""
        MOMENTUM.expect_parameters(exercise, rng)

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, the gradients are left unchanged, and no dictionary is replaced."""
        MOMENTUM.expect_good_manners(exercise, rng)


@part("ex15/adam", target="Adam.step")
class TestAdam:
    """Adam.step"""

    @marks(1)
    def test_first_step(self, exercise, rng):
        """The first step has the length of the learning rate, however large the gradient is."""
        for scale in (0.001, 1, 1000):
            parameters, gradients = numbers(rng, MIXED), numbers(rng, MIXED)
            for layer in gradients:
                layer.update({name: scale * array for name, array in layer.items()})
            left = take_step(exercise.Adam(0.7), parameters, gradients)
            right = [
                {name: layer[name] - 0.7 * np.sign(slopes[name]) for name in layer}
                for layer, slopes in zip(parameters, gradients)
            ]
            expect_arrays(left[0], right, "parameters")

    @marks(2)
    def test_values(self, exercise, rng):
        """Each parameter moves by its mean gradient over the root of its mean square."""
        ADAM.expect_parameters(exercise, rng)

    @marks(1)
    def test_epsilon(self, exercise, rng):
        """Epsilon is added to the corrected root, and keeps a gradient of 0 from dividing by 0."""
        WITH_EPSILON.expect_parameters(exercise, rng, networks=(EQUAL,), scale=0.1)
        ADAM.expect_parameters(exercise, rng, networks=(SINGLE,), scale=0)

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, the gradients are left unchanged, and no dictionary is replaced."""
        ADAM.expect_good_manners(exercise, rng)
