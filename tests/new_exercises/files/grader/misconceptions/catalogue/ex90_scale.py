"""Known mistakes of exercise 90, the layer that an optimiser updates."""

import numpy as np

from grader.misconceptions import misconception


@misconception(
    "ex90/backward", "gradient averaged over the batch", hint="Who divides by N, and how often?"
)
def averaged(self, output_gradient):
    """The gradient is divided by the number of samples, which the loss has done already."""
    self.gradients["gain"] = np.mean(output_gradient * self.input, axis=0)
    return output_gradient * self.parameters["gain"]
