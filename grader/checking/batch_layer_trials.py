"""Run a `BatchLayer`, which an optimiser updates, in a way that reveals state it should not have.

`forward_trials`, `backward_trials` and `expect_memory` of `layer_trials.py` take these trials as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.assertions import CheckFailed, expect_close
from grader.checking.layer_trials import Trial
from grader.checking.student_proxy import assign


@dataclass
class BatchTrial(Trial):
    """One pass of a batch through a `BatchLayer`: `backward` stores gradients and takes no step."""

    def set_parameters(self) -> None:
        """Set the layer's parameters, in its dictionary, to those of this trial."""
        if self.parameters:
            assign(self.layer, {"parameters": self.parameters})

    def backward(self) -> Any:
        """Call the layer's backward and return its result."""
        __tracebackhide__ = True
        return self.layer.backward(self.output_gradient)

    def expect_gradients(self, **expected: NDArray[Any]) -> None:
        """Fail unless the layer has these gradients and its parameters are unchanged."""
        __tracebackhide__ = True
        gradients = self.layer.gradients
        for name, right in expected.items():
            if not isinstance(gradients, dict) or name not in gradients:
                raise CheckFailed("layer.gradients has no {name!r} after backward", name=name)
            expect_close(gradients[name], right, f'layer.gradients["{name}"]')
        for name, before in self.parameters.items():
            after = self.layer.parameters[name]
            expect_close(after, np.asarray(before), f'layer.parameters["{name}"] after backward')
