"""Measure the accuracy of the reference in the milestones: `python benchmarks/milestones.py`.

Train with many seeds, on MNIST (which must be on this machine: set MNIST_DIR) and on digits, on all
cores. Print the table that `grader/checking/milestone_thresholds.py` is based on. For comparison, also
train networks that a student's mistake has broken; their accuracy must be far lower.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # one process a core, one thread a process

import numpy as np

from datasets import Dataset, load_digits, load_mnist
from grader.checking import milestone_networks
from grader.checking.check_context import CheckContext
from grader.checking.course import all_parts
from grader.checking.student_proxy import CallLog
from grader.checking.trained_network import TrainedNetwork
from grader.submissions.local_submission import LocalSubmission

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
LOADERS: dict[str, Callable[[], Dataset]] = {
    "MNIST": cache(partial(load_mnist, download=False)),
    "digits": cache(load_digits),
}


def no_learning(run: CheckContext) -> None:
    """Break `train`: nothing is ever updated."""
    run.course("ex09_training").train = lambda *_, **__: []


def no_gradient_from_softmax(run: CheckContext) -> None:
    """Break `Softmax.backward` and `Sigmoid`: the layers before them learn nothing."""
    for exercise, name in (("ex07_softmax", "Softmax"), ("ex05_activations", "Activation")):
        layer = getattr(run.course(exercise), name)
        layer.backward = lambda _self, output_gradient, _rate: 0 * output_gradient


def wrong_sign(run: CheckContext) -> None:
    """Break the losses: every step goes uphill."""
    losses = run.course("ex06_losses")
    losses.binary_cross_entropy_prime = lambda y, p: (y - p) / (p * (1 - p)).clip(1e-3) / y.size
    losses.categorical_cross_entropy_prime = lambda y, p: y / p.clip(1e-3)


def intact(run: CheckContext) -> None:
    """Break nothing."""


COSINE = "weights, cosine to initial"
VARIANTS = {f.__name__: f for f in (intact, no_learning, no_gradient_from_softmax, wrong_sign)}
MILESTONES = {
    "zero_or_one": milestone_networks.zero_or_one,
    "ten_digits": milestone_networks.ten_digits,
}


def attempt(milestone: str, data: str, seed: int) -> CheckContext:
    """Return the context of a milestone's check, with the reference as the submission."""
    part = next(part for part in all_parts() if part.id == f"milestones/{milestone}")
    submission = LocalSubmission(SOLUTIONS)
    session = CallLog(submission.backend)
    loader = LOADERS[data]
    return CheckContext(part.checks[0], part, submission, session, seed=seed, load_digits=loader)


def reached(milestone: str, data: str, variant: str, seed: int) -> tuple[float, float]:
    """Return the accuracy of one run, with the random numbers of `pytest grader --seed SEED`.

    The second number is the cosine between the weights before and after training.
    """
    run = attempt(milestone, data, seed)
    VARIANTS[variant](run)
    with quiet():
        result, trained = MILESTONES[milestone](run.course, run.rng, LOADERS[data])
        return result.accuracy, cosine_of(trained)


@contextmanager
def quiet() -> Iterator[None]:
    """Suppress the warnings of the broken networks."""
    with np.errstate(all="ignore"):
        yield


def cosine_of(trained: TrainedNetwork) -> float:
    """Return the cosine between a network's weights before and after training."""
    return trained.cosine([layer.read() for layer in trained.layers])


def xor(seed: int) -> tuple[float, float]:
    """Return the largest error of the XOR network, and the cosine of its weights."""
    run = attempt("xor", "digits", seed)
    error, trained = milestone_networks.xor_error(run.course, run.rng)
    return error, cosine_of(trained)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="how many (default: %(default)s)")
    seeds = range(parser.parse_args().seeds)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        print(
            f"{'milestone':12} {'data':7} {'variant':26} {'seeds':>5} {'min':>6} {'median':>6} max"
        )
        for milestone in MILESTONES:
            for data in LOADERS:
                for variant in VARIANTS:
                    few = seeds if variant == "intact" else seeds[:5]
                    found = list(pool.map(partial(reached, milestone, data, variant), few))
                    show(f"{milestone:12} {data:7} {variant:26}", [share for share, _ in found])
                    if variant == "intact":
                        show(
                            f"{milestone:12} {data:7} {COSINE:26}", [cosine for _, cosine in found]
                        )
        found = list(pool.map(xor, range(4 * len(seeds))))
        show(f"{'xor':12} {'':7} {'largest error':26}", [error for error, _ in found])
        show(f"{'xor':12} {'':7} {COSINE:26}", [cosine for _, cosine in found])


def show(label: str, values: list[Any]) -> None:
    """Print one row."""
    low, middle, high = np.min(values), np.median(values), np.max(values)
    print(f"{label} {len(values):5} {low:6.3f} {middle:6.3f} {high:.3f}", flush=True)


if __name__ == "__main__":
    main()
