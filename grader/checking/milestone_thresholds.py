"""The accuracies that the milestones require, and how far above them the reference stays.

They were measured with `python benchmarks/milestones.py`, which trains the reference solution from 50
seeds on MNIST and on digits, and compares it with broken code. Each threshold is below the worst of the
50 results, and far above those of broken code. (Dropout is not seeded there, so that the results for
ten digits differ from run to run.) With 400 seeds, five of 1,600 trainings ended below a threshold, so
a milestone allows two trainings.
"""

from __future__ import annotations

from typing import NamedTuple


class Threshold(NamedTuple):
    """The lowest accuracy that earns a milestone's marks, and the measured accuracies.

    Attributes
    ----------
    least : float
        The share of the test images that must be classified correctly.
    worst, median : float
        The accuracy of the reference over 50 seeds.
    """

    least: float
    worst: float
    median: float


ZERO_OR_ONE = {
    "MNIST": Threshold(least=0.95, worst=0.988, median=0.998),
    "digits": Threshold(least=0.93, worst=0.961, median=0.984),
}
TEN_DIGITS = {
    "MNIST": Threshold(least=0.68, worst=0.722, median=0.859),
    "digits": Threshold(least=0.70, worst=0.803, median=0.885),
}
XOR_LARGEST_ERROR = 0.2
"""How far the four predictions may be from 0 or 1. For the reference, the median is 0.028 and the worst
of 200 seeds is 0.033."""
