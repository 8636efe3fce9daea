"""Run a layer the way that brings out state it should not have.

Every check of a layer sees three trials: two on one object, one on another, interleaved. A layer that
keeps something in its class, or changes a parameter where it should not, answers the third wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.assertions import TOLERANCE, CheckFailed, expect, expect_close
from grader.checking.proxy import MissingName, StudentProxy, assign
from grader.checking.quiet_calls import (
    bare_instance,
    call_quietly,
    helps,
    set_quietly,
    try_quietly,
    unrecorded,
)

Array = NDArray[Any]


LEARNING_RATES = (0.7, 1.9, 0.3)


@dataclass
class Trial:
    """One pass through a layer, forward and backward, with everything that goes in.

    Attributes
    ----------
    layer : StudentProxy
    input : ndarray
    output : ndarray
        What forward should return.
    output_gradient : ndarray
        Random, and of the output's shape. (With all ones, some wrong gradients look right.)
    parameters : dict
        What the layer's parameters are set to, by the names of their attributes.
    memory : dict
        What else, beside its input and output, the layer should know before backward.
    learning_rate : float
        Large, and not 1: a small one would hide an input gradient taken after the update, and 1 would
        hide a missing one.
    number : int
        Which of the three trials it is: each has another learning rate and another way of calling.
    """

    layer: StudentProxy
    input: Array
    output: Array
    output_gradient: Array
    parameters: dict[str, Any] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    learning_rate: float = 0.7
    number: int = 0

    def forward(self, input: Array | None = None) -> Any:
        """Return what the layer's forward returns, each trial calling it in another way."""
        __tracebackhide__ = True
        x = self.input if input is None else input
        if self.number == 0:
            return self.layer.forward(x)
        if self.number == 1:
            return self.layer.forward(x, training=True)
        return self.layer.forward(x, True)

    def set_parameters(self) -> None:
        """Give the layer this trial's parameters."""
        if self.parameters:
            assign(self.layer, self.parameters)

    def prepare_backward(self) -> None:
        """Bring the layer to where backward starts.

        Its own forward runs first, since it may remember what it likes under any name. Then, with help,
        all that the course names is set to what is right: a fault of forward costs marks in forward
        alone.
        """
        self.set_parameters()
        with suppress(MissingName):
            call_quietly(self.layer.forward, self.input)
        self.set_parameters()
        if helps(self.layer):
            self.set_memory()

    def set_memory(self) -> None:
        """Give the layer what forward should have left: its input, its output, and what else."""
        set_quietly(self.layer, input=self.input, output=self.output, **self.memory)

    def backward(self) -> Any:
        """Return what the layer's backward returns."""
        __tracebackhide__ = True
        return self.layer.backward(self.output_gradient, self.learning_rate)


NewTrial = Callable[[StudentProxy | None], Trial]
"""Makes a trial with new numbers, of the layer given or of a new one."""


def forward_trials(new_trial: NewTrial) -> Iterator[Trial]:
    """Yield three trials, ready for `trial.forward()`."""
    for trial in _three(new_trial):
        trial.set_parameters()
        yield trial


def backward_trials(new_trial: NewTrial) -> Iterator[Trial]:
    """Yield three trials, ready for `trial.backward()`."""
    first, second, again = _three(new_trial)
    first.prepare_backward()
    second.prepare_backward()
    yield first
    yield second
    again.prepare_backward()
    yield again


def _three(new_trial: NewTrial) -> tuple[Trial, Trial, Trial]:
    first, second = new_trial(None), new_trial(None)
    trials = first, second, new_trial(first.layer)
    for number, (trial, rate) in enumerate(zip(trials, LEARNING_RATES, strict=True)):
        trial.number, trial.learning_rate = number, rate
    return trials


def expect_memory(new_trial: NewTrial, step: Callable[[Trial], None]) -> None:
    """Fail if backward, which is right as such, goes wrong after the student's own forward.

    Parameters
    ----------
    new_trial : callable
    step : callable
        Calls the trial's backward, and raises unless what depends on forward's memory is right.
    """
    __tracebackhide__ = True
    first, second, again = _three(new_trial)
    for trials in ((first, second), (again,)):
        for trial in trials:
            trial.set_parameters()
            trial.forward()
            trial.set_parameters()  # a forward that moves them has forgotten nothing
        for trial in trials:
            if _succeeds(step, trial):
                continue
            trial.set_parameters()
            trial.set_memory()
            expect(
                not _succeeds(step, trial),
                "backward cannot go on from here: forward has to keep in the layer what backward "
                "needs, its last input (or output)",
            )


def expect_repeatable(trial: Trial, first: Array) -> None:
    """Fail unless a second backward gives the same as the first one gave.

    What forward has left may be for one use: where a second backward alone is impossible, it may
    follow a second forward.
    """
    __tracebackhide__ = True
    try:
        again = trial.backward()
    except Exception:
        trial.prepare_backward()
        again = trial.backward()
    expect_close(again, first, "the gradient from a second backward")


def _succeeds(step: Callable[[Trial], None], trial: Trial) -> bool:
    """Tell whether a step is right; if backward is not written yet, or does not end, it is not."""

    def succeed() -> bool:
        step(trial)
        return True

    with unrecorded(trial.layer):
        try:
            backward = trial.layer.backward
        except MissingName:
            return False
        return try_quietly(backward, succeed) or False


def expect_adjoint(trial: Trial, input_gradient: Array, linear_output: Array) -> None:
    """Fail unless <A x, g> = <x, A^T g> holds for a layer whose output is A x plus a bias.

    Parameters
    ----------
    trial : Trial
    input_gradient : ndarray
        What backward has returned.
    linear_output : ndarray
        The right output without the bias.
    """
    __tracebackhide__ = True
    products = trial.input * input_gradient
    here, there = np.sum(products), np.sum(linear_output * trial.output_gradient)
    expect(
        bool(abs(here - there) <= TOLERANCE * np.sum(np.abs(products))),
        "for a layer that is linear but for its bias, the sum of input times returned gradient "
        "should equal that of output times output gradient, {there:.6g}; it is {here:.6g}",
        there=there,
        here=here,
    )


def construct(cls: StudentProxy, *args: Any) -> StudentProxy:
    """Make a layer; without its constructor's help if that raises.

    The trials set the parameters themselves, so a constructor that is not written yet costs no marks
    in forward and backward.
    """
    if not isinstance(cls, StudentProxy):
        raise CheckFailed("what should be a class is {cls!r:.200}", cls=cls)
    layer: StudentProxy = call_quietly(cls, *args) or bare_instance(cls)
    return layer


def random(rng: np.random.Generator, *shape: int) -> NDArray[np.float64]:
    """Return numbers from -2 to 2, none of them close to 0.

    Where functions bend (ReLU at 0), either answer is right; so no check stands there by accident.
    """
    size = rng.uniform(0.1, 2.0, shape)
    sign = rng.choice([-1.0, 1.0], shape)
    return np.asarray(size * sign)
