"""Exercise 90: what is asked of `Scale`."""

from functools import partial

import numpy as np

from grader.checking import (
    BatchTrial,
    backward_trials,
    construct,
    expect_close,
    expect_memory,
    forward_trials,
    marks,
    part,
    random,
)

SHAPES = ((4, 3), (1, 2), (5, 1))  # samples and features


def new_trial(exercise, rng, shape, layer):
    """Return a trial of a layer, or of a new one, with random numbers."""
    x, gain = random(rng, *shape), random(rng, shape[1])
    return BatchTrial(
        layer=layer or construct(exercise.Scale, shape[1]),
        input=x,
        output=x * gain,
        output_gradient=random(rng, *shape),
        parameters={"gain": gain},
    )


def trials(kind, exercise, rng):
    """Yield trials of every shape."""
    for shape in SHAPES:
        yield from kind(partial(new_trial, exercise, rng, shape))


def step(trial):
    """Go backward, and fail unless the gradient of the gain is right after it."""
    trial.backward()
    trial.expect_gradients(gain=np.sum(trial.output_gradient * trial.input, axis=0))


@part("ex90/forward", target="Scale.forward")
class TestForward:
    """Scale.forward"""

    @marks(2)
    def test_values(self, exercise, rng):
        """Each feature is multiplied by its factor."""
        for trial in trials(forward_trials, exercise, rng):
            expect_close(trial.forward(), trial.output, "the output")

    @marks(1)
    def test_memory(self, exercise, rng):
        """What backward needs is kept."""
        for shape in SHAPES:
            expect_memory(partial(new_trial, exercise, rng, shape), step)


@part("ex90/backward", target="Scale.backward")
class TestBackward:
    """Scale.backward"""

    @marks(2)
    def test_input_gradient(self, exercise, rng):
        """The returned gradient is the output gradient times the factors."""
        for trial in trials(backward_trials, exercise, rng):
            expected = trial.output_gradient * trial.parameters["gain"]
            expect_close(trial.backward(), expected, "the returned gradient")

    @marks(2)
    def test_gain(self, exercise, rng):
        """The gradient of each factor is summed over the batch."""
        for trial in trials(backward_trials, exercise, rng):
            step(trial)
