"""Exercise 3: checks for `Reshape`."""

from functools import partial

import numpy as np

from grader.checking import (
    Trial,
    backward_trials,
    construct,
    expect_close,
    expect_memory,
    expect_unchanged_arguments,
    forward_trials,
    marks,
    part,
    random,
)

SHAPES = (((2, 3, 4), (24, 1)), ((1, 5, 2), (10, 1)), ((3, 4), (2, 6)), ((12, 1), (3, 2, 2)))


def new_trial(exercise, rng, shapes, layer):
    """Return a trial of the given layer, or of a new one, with random numbers."""
    before, after = shapes
    if layer is None:
        layer = construct(exercise.Reshape, before, after)
    input = random(rng, *before)
    return Trial(
        layer=layer,
        input=input,
        output=np.reshape(input, after),
        output_gradient=random(rng, *after),
        memory={"input_shape": before, "output_shape": after},
    )


def forward(exercise, rng):
    """Yield trials of every shape, ready for `forward`."""
    for shapes in SHAPES:
        yield from forward_trials(partial(new_trial, exercise, rng, shapes))


def backward(exercise, rng):
    """Yield trials of every shape, ready for `backward`."""
    for shapes in SHAPES:
        yield from backward_trials(partial(new_trial, exercise, rng, shapes))


def step(trial):
    """Call backward, and fail unless it returns the right gradient."""
    expected = np.reshape(trial.output_gradient, trial.input.shape)
    expect_close(trial.backward(), expected, "the returned gradient")


@part("ex03/forward", target="Reshape.forward")
class TestForward:
    """Reshape.forward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """The output has the output shape, and the input's numbers in the same order."""
        for trial in forward(exercise, rng):
            expect_close(trial.forward(), trial.output, "the output")

    @marks(1)
    def test_leaves_alone(self, exercise, rng):
        """Forward leaves the input's shape and numbers unchanged, and backward works after it."""
        for trial in forward(exercise, rng):
            trial.forward()
            expect_unchanged_arguments(trial.layer)
        for shapes in SHAPES:
            expect_memory(partial(new_trial, exercise, rng, shapes), step)


@part("ex03/backward", target="Reshape.backward")
class TestBackward:
    """Reshape.backward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """Each number of the output gradient goes back to where its output came from."""
        for trial in backward(exercise, rng):
            step(trial)

    @marks(1)
    def test_leaves_alone(self, exercise, rng):
        """Backward leaves the output gradient's shape and numbers unchanged."""
        for trial in backward(exercise, rng):
            trial.backward()
            expect_unchanged_arguments(trial.layer)
