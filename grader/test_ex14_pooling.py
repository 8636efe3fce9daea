"""Exercise 14: checks for pooling."""

from functools import partial
from typing import NamedTuple

import numpy as np

from grader.checking import (
    BatchTrial,
    backward_trials,
    construct,
    expect_close,
    expect_dtype,
    expect_memory,
    expect_repeatable,
    expect_unchanged_arguments,
    forward_trials,
    marks,
    part,
    pooling_oracles,
    random,
)


class Setting(NamedTuple):
    """The shape of a batch, and the windows."""

    x_shape: tuple[int, int, int, int]
    pool_shape: tuple[int, int]
    stride: int | None


# Nearly all numbers of a setting differ: equal ones would hide mix-ups.
APART = (
    Setting((2, 3, 6, 4), (2, 2), None),
    Setting((1, 2, 7, 8), (3, 2), None),  # a row is excluded
    Setting((3, 1, 4, 9), (2, 3), None),
    Setting((2, 2, 8, 7), (2, 3), 4),  # rows and columns between the windows are excluded
    Setting((1, 3, 4, 3), (4, 3), 2),
)
OVERLAPPING = (
    Setting((2, 1, 5, 7), (3, 2), 1),
    Setting((3, 2, 8, 6), (3, 4), 2),
    Setting((1, 2, 6, 4), (2, 3), 1),
)
SETTINGS = APART[:4] + OVERLAPPING[:2]
NAMES = {"max": "MaxPool2D", "mean": "MeanPool2D", "min": "MinPool2D"}


def new_trial(kind, exercise, rng, setting, layer=None, *, ties=False):
    """Return a trial of a layer, with images of positive, negative or mixed numbers."""
    x_shape, pool, stride = setting
    x = random(rng, *x_shape)
    if setting != APART[0]:  # whose numbers are mixed, so that mistakes differ there
        x += rng.choice([-3.0, 0.0, 3.0])
    if ties:
        x = rng.integers(0, 3, x_shape).astype(float)
    if layer is None:
        cls = getattr(exercise, NAMES[kind])
        steps = pooling_oracles.steps_of(pool, stride)
        layer = construct(cls, pool, stride, pool_shape=pool, steps=steps)
    output = pooling_oracles.forward(kind, x, pool, stride)
    memory = {} if kind == "mean" else {"chosen": pooling_oracles.chosen(kind, x, pool, stride)}
    return BatchTrial(layer, x, output, random(rng, *output.shape), {}, memory)


def expect_outputs(kind, exercise, rng, settings):
    """Check what forward returns for all settings."""
    for setting in settings:
        for trial in forward_trials(partial(new_trial, kind, exercise, rng, setting)):
            expect_close(trial.forward(), trial.output, "the output")


def expect_gradients(kind, exercise, rng, settings, *, ties=False):
    """Check what backward returns for all settings."""
    for setting in settings:
        for trial in backward_trials(partial(new_trial, kind, exercise, rng, setting, ties=ties)):
            gradient = trial.backward()
            expect_close(gradient, right_gradient(kind, setting, trial), "the input gradient")
            expect_repeatable(trial, gradient)


def right_gradient(kind, setting, trial):
    """Return the correct input gradient."""
    return pooling_oracles.gradient(kind, trial.input, trial.output_gradient, *setting[1:])


def expect_single_precision(kind, exercise, rng, step):
    """Fail unless a step leaves float32 float32, and its argument unchanged."""
    for setting in SETTINGS[1::2]:
        trial = new_trial(kind, exercise, rng, setting)
        trial.input = trial.input.astype(np.float32)
        trial.output_gradient = trial.output_gradient.astype(np.float32)
        if step == "forward":
            expect_dtype(trial.forward(), np.float32, "the output")
        else:
            trial.prepare_backward()
            expect_dtype(trial.backward(), np.float32, "the input gradient")
        expect_unchanged_arguments(getattr(trial.layer, step))


@part("ex14/max_forward", target="MaxPool2D.forward")
class TestMaxForward:
    """MaxPool2D.forward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """Each output is the largest number of its window."""
        expect_outputs("max", exercise, rng, APART + OVERLAPPING)

    @marks(1)
    def test_memory(self, exercise, rng):
        """It stores what backward needs."""
        for setting in (APART[1], OVERLAPPING[0]):

            def step(trial, setting=setting):
                right = right_gradient("max", setting, trial)
                expect_close(trial.backward(), right, "the input gradient")

            expect_memory(partial(new_trial, "max", exercise, rng, setting), step)

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the input is left unchanged."""
        expect_single_precision("max", exercise, rng, "forward")


@part("ex14/max_backward", target="MaxPool2D.backward")
class TestMaxBackward:
    """MaxPool2D.backward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """The gradient goes to the largest number of the window; excluded pixels get 0."""
        expect_gradients("max", exercise, rng, APART)

    @marks(1)
    def test_overlapping(self, exercise, rng):
        """What several windows send to the same pixel is added up."""
        expect_gradients("max", exercise, rng, OVERLAPPING)

    @marks(1)
    def test_ties(self, exercise, rng):
        """Of equally large numbers, the first gets all, row by row."""
        expect_gradients("max", exercise, rng, SETTINGS, ties=True)

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the output gradient is left unchanged."""
        expect_single_precision("max", exercise, rng, "backward")


@part("ex14/mean_forward", target="MeanPool2D.forward")
class TestMeanForward:
    """MeanPool2D.forward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """Each output is the mean of its window."""
        expect_outputs("mean", exercise, rng, APART + OVERLAPPING)

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the input is left unchanged."""
        expect_single_precision("mean", exercise, rng, "forward")


@part("ex14/mean_backward", target="MeanPool2D.backward")
class TestMeanBackward:
    """MeanPool2D.backward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """Each pixel of a window gets the same share; excluded pixels get 0."""
        expect_gradients("mean", exercise, rng, APART)

    @marks(1)
    def test_overlapping(self, exercise, rng):
        """What several windows send to the same pixel is added up."""
        expect_gradients("mean", exercise, rng, OVERLAPPING)

    @marks(1)
    def test_good_manners(self, exercise, rng):
        """float32 stays float32, and the output gradient is left unchanged."""
        expect_single_precision("mean", exercise, rng, "backward")


@part("ex14/min_forward", target="MinPool2D.forward")
class TestMinForward:
    """MinPool2D.forward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """Each output is the smallest number of its window; float32 stays float32."""
        expect_outputs("min", exercise, rng, APART + OVERLAPPING)
        expect_single_precision("min", exercise, rng, "forward")


@part("ex14/min_backward", target="MinPool2D.backward")
class TestMinBackward:
    """MinPool2D.backward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """The gradient goes to the smallest number; of equal ones, the first gets all."""
        expect_gradients("min", exercise, rng, APART + OVERLAPPING)
        expect_gradients("min", exercise, rng, SETTINGS, ties=True)
        expect_single_precision("min", exercise, rng, "backward")
