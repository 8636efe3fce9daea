"""What the milestones must reach, and how far the reference stays above it.

Measured with `python benchmarks/milestones.py`, which trains the reference solution from 50 seeds on
MNIST and on digits, and an untrained network beside it. Each threshold lies below the worst of the 50
by at least as much as the worst lies below the median, and far above what is broken reaches.
"""

from __future__ import annotations

from typing import NamedTuple


class Threshold(NamedTuple):
    """The least accuracy that earns a milestone's marks, and what was measured.

    Attributes
    ----------
    least : float
        Share of the test images that must be right.
    worst, median : float
        Of the reference, over 50 seeds.
    """

    least: float
    worst: float
    median: float


ZERO_OR_ONE = {
    "MNIST": Threshold(least=0.95, worst=0.988, median=0.998),
    "digits": Threshold(least=0.93, worst=0.961, median=0.984),
}
TEN_DIGITS = {
    "MNIST": Threshold(least=0.68, worst=0.771, median=0.859),
    "digits": Threshold(least=0.70, worst=0.809, median=0.889),
}
XOR_LARGEST_ERROR = 0.2
"""How far the four predictions may be from 0 or 1. The reference: median 0.028, worst of 200 0.033."""
