"""The milestones: all parts together learn something. There is nothing new to write for them."""

from functools import partial

from grader.checking import expect, marks, milestone_networks, part
from grader.checking.milestone_thresholds import TEN_DIGITS, XOR_LARGEST_ERROR, ZERO_OR_ONE

LIMIT = 3600.0
# One hour. Layers written as plain loops need a quarter of that, a hundred times as long as with NumPy.


ATTEMPTS = 2
"""Trainings before a network counts as one that does not learn: in 5 of 1,600 trainings, the reference
begins so badly that it stays below a threshold."""


def expect_accuracy(train, thresholds, remarks):
    """Fail if too few images are classified correctly; add the accuracy to the remarks in any case."""
    for _ in range(ATTEMPTS):
        reached, trained = train()
        data, least = reached.data, thresholds[reached.data.name].least
        if reached.accuracy >= least:
            break
    share = f"{reached.accuracy:.1%} of {reached.judged} test images"
    remarks.append(f"{data.name}: {share}, {least:.0%} needed")
    if data.note:
        remarks.append(data.note)
    expect(
        reached.accuracy >= least,
        "on {data}, your network classifies {share} correctly; {least:.0%} is needed. "
        "Look at the exercises that are not right yet.",
        data=data.name,
        share=share,
        least=least,
    )
    trained.expect_learned()


@part("milestones/xor")
class TestXor:
    """learning XOR"""

    @marks(3, seconds=LIMIT)
    def test_predictions(self, course, rng, remarks):
        """Two dense layers with tanh learn all four answers."""
        error, trained = milestone_networks.xor_error(course, rng)
        remarks.append(f"largest error {error:.2f}, {XOR_LARGEST_ERROR} allowed")
        expect(
            error < XOR_LARGEST_ERROR,
            "one of the four predictions is off by {error:.2f}; {allowed} is allowed",
            error=error,
            allowed=XOR_LARGEST_ERROR,
        )
        trained.expect_learned()


@part("milestones/zero_or_one")
class TestZeroOrOne:
    """telling 0 from 1"""

    @marks(5, seconds=LIMIT)
    def test_accuracy(self, course, rng, digits, remarks):
        """A convolution, sigmoids and binary cross-entropy learn from 100 images of each."""
        train = partial(milestone_networks.zero_or_one, course, rng, digits)
        expect_accuracy(train, ZERO_OR_ONE, remarks)


@part("milestones/ten_digits")
class TestTenDigits:
    """reading all ten digits"""

    @marks(7, seconds=LIMIT)
    def test_accuracy(self, course, rng, digits, remarks):
        """A convolution, ReLU, dropout and softmax learn from 100 images of each digit."""
        train = partial(milestone_networks.ten_digits, course, rng, digits)
        expect_accuracy(train, TEN_DIGITS, remarks)
