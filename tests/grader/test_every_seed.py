"""The reference earns full marks with every seed, public or secret.

`tox -e proof` tries 200 seeds of each kind, and the milestones too; a normal test run tries a few.
"""

import hashlib
import os
from functools import cache

import pytest

from datasets import load_digits, load_mnist
from grader.checking.course import all_parts, parts_to_write

FEW = 5
COUNT = int(os.environ.get("PROOF_SEEDS", FEW))

proof_only = pytest.mark.skipif(COUNT <= FEW, reason="four seconds a seed: tox -e proof")
with_mnist = pytest.mark.skipif(not os.environ.get("MNIST_DIR"), reason="MNIST_DIR is not set")


def secret(number):
    """Return a seed of 128 bits, like the ones that a batch draws, but the same on each run."""
    return int.from_bytes(hashlib.sha256(f"secret seed {number}".encode()).digest()[:16])


SEEDS = [pytest.param(n, id=f"public-{n}") for n in range(COUNT)]
SEEDS += [pytest.param(secret(n), id=f"secret-{n}") for n in range(COUNT)]


@pytest.mark.parametrize("seed", SEEDS)
def test_exercises(grade, solutions, seed):
    expect_full_marks(grade(solutions, seed=seed), sum(part.marks for part in parts_to_write()))


@proof_only
@pytest.mark.parametrize(
    "load",
    [cache(load_digits), pytest.param(cache(load_mnist), marks=with_mnist)],
    ids=("digits", "MNIST"),
)
@pytest.mark.parametrize("seed", SEEDS)
def test_milestones(grade, solutions, seed, load):
    parts = [part for part in all_parts() if not part.target]
    exercises = {part.exercise for part in parts}
    found = grade(solutions, *exercises, seed=seed, load=load)
    expect_full_marks(found, sum(part.marks for part in parts))


def expect_full_marks(parts, total):
    assert [part for part in parts.values() if part["status"] != "passed"] == []
    assert sum(part["score"] for part in parts.values()) == total
