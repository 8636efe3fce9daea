"""Prove that a network's predictions come from its weights, and its weights from training.

Otherwise `train` could store the images, and `predict` answer with the label of the most similar one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.checking.assertions import expect
from grader.checking.student_proxy import StudentProxy

Array = NDArray[Any]
Parameters = Mapping[str, Array]

PREDICTIONS = 20
"""How many predictions are computed again."""
SMALLEST_COSINE = 0.3
"""Of the angle between all weights before and after training. For the reference, the smallest is 0.84
(XOR, 200 seeds; `python benchmarks/milestones.py`); for weights from elsewhere it is about 0."""


class NetworkLayer(NamedTuple):
    """A student's layer, and how the grader computes the same.

    Attributes
    ----------
    kind : str
        The name of its class.
    layer : StudentProxy
    forward : callable
        Takes the layer's parameters and an input; returns the output.
    parameters : tuple of str
        The attributes with the layer's parameters; the first holds its weights.
    """

    kind: str
    layer: StudentProxy
    forward: Callable[[Parameters, Array], Array]
    parameters: tuple[str, ...] = ()

    def read(self) -> Parameters:
        """Return copies of the parameters, or of whatever is in their place."""
        return {name: getattr(self.layer, name) for name in self.parameters}


class TrainedNetwork(NamedTuple):
    """A network, its parameters before training, and what it predicted after training.

    Attributes
    ----------
    layers : sequence of NetworkLayer
    before : sequence of dict
        The initial parameters of each layer.
    inputs, predictions : iterable of ndarray
        Some inputs, and what the student's `predict` returned for them.
    """

    layers: Sequence[NetworkLayer]
    before: Sequence[Parameters]
    inputs: Iterable[Array]
    predictions: Iterable[Any]

    def expect_learned(self) -> None:
        """Fail unless training changed the weights, and they make the predictions."""
        after = [layer.read() for layer in self.layers]
        self._expect_trained(after)
        for input, prediction in islice(
            zip(self.inputs, self.predictions, strict=True), PREDICTIONS
        ):
            expected = input
            for layer, parameters in zip(self.layers, after, strict=True):
                expected = layer.forward(parameters, expected)
            if not _agree(prediction, expected):
                self._expect_each_layer(after, input)
                expect(
                    False,
                    "`predict` does not return what the layers of your network compute when the "
                    "input goes through them one by one.",
                )

    def cosine(self, after: Sequence[Parameters]) -> float:
        """Return the cosine of the angle between all weights before training and all after it."""
        named = [layer.parameters[0] if layer.parameters else "" for layer in self.layers]
        before, now = (
            np.concatenate([of[name].ravel() for of, name in zip(all, named, strict=True) if name])
            for all in (self.before, after)
        )
        with np.errstate(all="ignore"):  # training may have ended in infinity
            return float(before @ now / np.sqrt((before @ before) * (now @ now)))

    def _expect_trained(self, after: Sequence[Parameters]) -> None:
        """Fail if a layer's parameters stayed what they were, or were replaced by others."""
        for number, layer in enumerate(self.layers, start=1):
            before, now = self.before[number - 1], after[number - 1]
            for name in layer.parameters:
                expect(
                    isinstance(now[name], np.ndarray) and now[name].shape == before[name].shape,
                    "after training, `{name}` of layer {number} ({kind}) should still be an array "
                    "of shape {shape}.",
                    name=name,
                    number=number,
                    kind=layer.kind,
                    shape=before[name].shape,
                )
            expect(
                not layer.parameters or any(np.any(now[n] != before[n]) for n in layer.parameters),
                "training has changed nothing in layer {number} ({kind}): {names} are what they were.",
                number=number,
                kind=layer.kind,
                names=" and ".join(layer.parameters),
            )
        expect(
            self.cosine(after) >= SMALLEST_COSINE,
            "the weights after training have nothing to do with the weights before it: training should "
            "change them in many small steps.",
        )

    def _expect_each_layer(self, after: Sequence[Parameters], input: Array) -> None:
        """Fail at the first layer that does not compute what its parameters say."""
        for number, (layer, parameters) in enumerate(zip(self.layers, after, strict=True), start=1):
            expected = layer.forward(parameters, input)
            expect(
                _agree(layer.layer.forward(input), expected),
                "your network predicts well, but layer {number} ({kind}) does not compute what the "
                "text of its exercise says. See what the checks of that exercise report.",
                number=number,
                kind=layer.kind,
            )
            input = expected


def _agree(answer: Any, expected: Array) -> bool:
    """Return whether an answer is the expected array, but for rounding errors."""
    is_like = isinstance(answer, np.ndarray) and answer.shape == expected.shape
    return is_like and bool(np.allclose(answer, expected, rtol=1e-2, atol=1e-3))
