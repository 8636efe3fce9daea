"""Run a layer in a way that reveals state it should not have.

Every check of a layer runs three trials, two on one object and one on another, interleaved. A layer
that stores something in its class, or changes a parameter when it should not, gets the third one wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.assertions import TOLERANCE, CheckFailed, expect, expect_close
from grader.checking.setup_calls import (
    aside,
    bare_instance,
    call_quietly,
    construct_or_note,
    helps,
    incidental,
    set_quietly,
    try_quietly,
    unrecorded,
)
from grader.checking.student_proxy import MissingName, StudentProxy, assign, call_log_of

Array = NDArray[Any]


LEARNING_RATES = (0.7, 1.9, 0.3)


@dataclass
class Trial:
    """One pass through a layer, forward and backward, with all its inputs.

    Attributes
    ----------
    layer : StudentProxy
    input : ndarray
    output : ndarray
        What forward should return.
    output_gradient : ndarray
        Random, in the output's shape. (With all ones, some wrong gradients look right.)
    parameters : dict
        The values to give the layer's parameters, by the names of their attributes.
    memory : dict
        What the layer should have stored before backward, besides its input and output.
    learning_rate : float
        Large, and not 1: a small one would hide an input gradient computed after the update, and 1
        would hide a missing factor.
    number : int
        Which of the three trials it is: each has its own learning rate and its own way to call forward.
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
        """Call the layer's forward and return its result; each trial calls it in a different way."""
        __tracebackhide__ = True
        x = self.input if input is None else input
        self._describe({"input": x}, self.output.shape)
        if self.number == 0:
            return self.layer.forward(x)
        if self.number == 1:
            return self.layer.forward(x, training=True)
        return self.layer.forward(x, True)

    def set_parameters(self) -> None:
        """Set the layer's parameters to those of this trial."""
        if self.parameters:
            assign(self.layer, self.parameters)

    def prepare_backward(self) -> None:
        """Bring the layer into the state in which backward starts.

        The layer's own forward runs first, since it may store anything under any name. Then, with help,
        all attributes that the course names are set to correct values, so that a mistake in forward
        costs marks only in forward.
        """
        self.set_parameters()
        with suppress(MissingName):
            call_quietly(self.layer.forward, self.input)
        self.set_parameters()
        if helps(self.layer):
            self.set_memory()

    def set_memory(self) -> None:
        """Set the attributes that forward should have set: the input, the output and `memory`."""
        set_quietly(self.layer, input=self.input, output=self.output, **self.memory)

    def backward(self) -> Any:
        """Call the layer's backward and return its result."""
        __tracebackhide__ = True
        arrays = {"input": self.input, "output_gradient": self.output_gradient}
        self._describe(arrays, self.input.shape)
        return self.layer.backward(self.output_gradient, self.learning_rate)

    def update(self) -> None:
        """Call the layer's backward for the step it takes; another check judges what it returns."""
        __tracebackhide__ = True
        with incidental(self.layer):
            self.backward()

    def _describe(self, arrays: dict[str, Array], answer: tuple[int, ...]) -> None:
        """Say which shapes the arrays in the next call have, in case it raises."""
        given = {**self.parameters, **arrays}
        shapes = ", ".join(f"{name} {np.shape(array)}" for name, array in given.items())
        text = f"the shapes here: {shapes}; the result should have the shape {answer}"
        call_log_of(self.layer).shapes = text


NewTrial = Callable[[StudentProxy | None], Trial]
"""Creates a trial with new numbers, for the given layer or for a new one."""


def forward_trials(new_trial: NewTrial) -> Iterator[Trial]:
    """Yield three trials, ready for `trial.forward()`."""
    for trial in _three_trials(new_trial):
        trial.set_parameters()
        yield trial


def backward_trials(new_trial: NewTrial) -> Iterator[Trial]:
    """Yield three trials, ready for `trial.backward()`."""
    first, second, again = _three_trials(new_trial)
    first.prepare_backward()
    second.prepare_backward()
    yield first
    yield second
    again.prepare_backward()
    yield again


def _three_trials(new_trial: NewTrial) -> tuple[Trial, Trial, Trial]:
    first, second = new_trial(None), new_trial(None)
    trials = first, second, new_trial(first.layer)
    for number, (trial, rate) in enumerate(zip(trials, LEARNING_RATES, strict=True)):
        trial.number, trial.learning_rate = number, rate
    return trials


def expect_memory(new_trial: NewTrial, step: Callable[[Trial], None], kept: str = "") -> None:
    """Fail if a backward that is otherwise correct fails after the student's own forward.

    A backward that is not right, or not written, cannot tell. Then forward must have stored what the
    course says under the name that the course uses.

    Parameters
    ----------
    new_trial : callable
    step : callable
        Calls the trial's backward, and raises unless everything that depends on what forward stored
        is right.
    kept : str
        What forward should store, "input" or "output"; empty if that is not necessary.
    """
    __tracebackhide__ = True
    first, second, again = _three_trials(new_trial)
    for trials in ((first, second), (again,)):
        outputs = []
        for trial in trials:
            trial.set_parameters()
            outputs.append(trial.forward())
            trial.set_parameters()  # a forward that changes them still stores everything
        stored = [
            _has_stored(trial, kept, trial.input if kept == "input" else output)
            for trial, output in zip(trials, outputs, strict=True)
        ]
        for trial, is_stored in zip(trials, stored, strict=True):
            if _succeeds(step, trial):
                continue
            trial.set_parameters()
            trial.set_memory()
            expect(
                is_stored and not _succeeds(step, trial),
                "after your own forward, backward cannot get at what it needs: forward has to store "
                "{what}",
                what=f"its last {kept} in self.{kept}" if kept else "it in the layer",
            )


def _has_stored(trial: Trial, kept: str, right: Any) -> bool:
    """Return whether an attribute of the layer has the value that forward should have stored."""
    if not kept:
        return True
    with unrecorded(trial.layer):
        value = getattr(trial.layer, kept, None)
    if not isinstance(value, np.ndarray) or not isinstance(right, np.ndarray):
        return False
    return value.shape == right.shape and bool(np.allclose(value, right, rtol=TOLERANCE))


def expect_repeatable(trial: Trial, first: Array) -> None:
    """Fail unless a second backward returns the same as the first.

    A layer may use up what forward stored: if a second backward fails on its own, forward runs again
    before it.
    """
    __tracebackhide__ = True
    try:
        again = trial.backward()
    except Exception:
        trial.prepare_backward()
        again = trial.backward()
    expect_close(again, first, "the gradient from a second backward")


def _succeeds(step: Callable[[Trial], None], trial: Trial) -> bool:
    """Return whether a step is right; it is not if backward is missing or does not end."""

    def succeed() -> bool:
        step(trial)
        return True

    with aside(trial.layer):
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
        What backward returned.
    linear_output : ndarray
        The correct output without the bias.
    """
    __tracebackhide__ = True
    products = trial.input * input_gradient
    got, expected = np.sum(products), np.sum(linear_output * trial.output_gradient)
    expect(
        bool(abs(got - expected) <= TOLERANCE * np.sum(np.abs(products))),
        "for a layer that is linear except for its bias, the sum of input times returned gradient "
        "should equal the sum of output (without bias) times output gradient, {expected:.6g}; it is "
        "{got:.6g}",
        expected=expected,
        got=got,
    )


def construct(cls: StudentProxy, *args: Any, **attributes: Any) -> StudentProxy:
    """Create a layer, without running its constructor if that raises.

    The trials set the parameters themselves, so a constructor that is not written yet costs no marks
    in forward and backward.

    Parameters
    ----------
    cls : StudentProxy
    *args
        The arguments of the constructor.
    **attributes
        What the constructor should have stored, in case it raises.
    """
    if not isinstance(cls, StudentProxy):
        raise CheckFailed("expected a class, got {cls!r:.200}", cls=cls)
    layer = construct_or_note(cls, *args)
    if layer is None:
        layer = bare_instance(cls)
        set_quietly(layer, **attributes)
    return layer


def random(rng: np.random.Generator, *shape: int) -> NDArray[np.float64]:
    """Return random numbers from -2 to 2, none of them close to 0.

    Where a function has a kink (ReLU at 0), more than one derivative is accepted, so no check should
    land there by accident.
    """
    size = rng.uniform(0.1, 2.0, shape)
    sign = rng.choice([-1.0, 1.0], shape)
    return np.asarray(size * sign)
