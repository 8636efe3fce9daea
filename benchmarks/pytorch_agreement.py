"""Compare the advanced exercises with PyTorch: `python benchmarks/pytorch_agreement.py`.

In an environment of its own, which needs `torch`, `numpy` and `scipy`, and no other package. Draws
random strides, paddings, kernels, channels, pools and steps of optimisers, and runs both in float32
with the same parameters. Prints the largest difference of each kind, relative to the largest number of
the array, and exits with status 1 if one exceeds what float32 explains.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
TOLERANCE = 2e-5
"""Relative to the largest number of an array: sums of a few hundred products in float32."""

Array = NDArray[Any]
Pairs = Iterator[tuple[str, Array, torch.Tensor]]
"""What is compared, ours, and PyTorch's."""


def convolution(rng: np.random.Generator) -> Pairs:
    """Yield output and gradients of a convolution."""
    rows, columns = (int(side) for side in rng.integers(1, 6, 2))
    stride = int(rng.integers(1, 4))
    height, width = (int(rng.integers(side, side + 12)) for side in (rows, columns))
    samples, channels, filters = (int(number) for number in rng.integers(1, 7, 3))
    choices: list[Any] = ["valid", int(rng.integers(0, 4)), tuple(map(int, rng.integers(0, 4, 2)))]
    padding = [*choices, "same"][int(rng.integers(4))]
    if padding == "same":
        stride = 1  # the only one for which PyTorch knows this padding
    layer = import_module("ex13_conv2d").Conv2D(channels, filters, (rows, columns), stride, padding)
    kernels = rng.normal(size=(filters, channels, rows, columns)).astype(np.float32)
    bias = rng.normal(size=filters).astype(np.float32)
    layer.parameters = {"kernels": kernels, "bias": bias}
    x = rng.normal(size=(samples, channels, height, width)).astype(np.float32)
    inputs, weights, biases = (_tensor(array) for array in (x, kernels, bias))
    output = torch.nn.functional.conv2d(inputs, weights, biases, stride, padding)
    yield "convolution, output", layer.forward(x, training=True), output
    g = rng.normal(size=tuple(output.shape)).astype(np.float32)
    found = layer.backward(g)
    output.backward(torch.from_numpy(g))
    yield "convolution, input gradient", found, inputs.grad
    yield "convolution, kernel gradient", layer.gradients["kernels"], weights.grad
    yield "convolution, bias gradient", layer.gradients["bias"], biases.grad


def pooling(rng: np.random.Generator) -> Pairs:
    """Yield output and gradient of a pooling layer."""
    name = str(rng.choice(["MaxPool2D", "MeanPool2D", "MinPool2D"]))
    pool = tuple(int(side) for side in rng.integers(1, 5, 2))
    stride = None if rng.random() < 0.3 else int(rng.integers(1, 5))
    height, width = (int(rng.integers(side, side + 9)) for side in pool)
    x = rng.normal(size=(*map(int, rng.integers(1, 5, 2)), height, width)).astype(np.float32)
    layer = getattr(import_module("ex14_pooling"), name)(pool, stride)
    inputs = _tensor(x)
    pooled = {
        "MaxPool2D": lambda: torch.nn.functional.max_pool2d(inputs, pool, stride),
        "MeanPool2D": lambda: torch.nn.functional.avg_pool2d(inputs, pool, stride),
        "MinPool2D": lambda: -torch.nn.functional.max_pool2d(-inputs, pool, stride),
    }[name]()
    yield f"{name}, output", layer.forward(x, training=True), pooled
    g = rng.normal(size=tuple(pooled.shape)).astype(np.float32)
    found = layer.backward(g)
    pooled.backward(torch.from_numpy(g))
    yield f"{name}, input gradient", found, inputs.grad


def optimiser(rng: np.random.Generator) -> Pairs:
    """Yield the parameters after ten steps."""
    name = str(rng.choice(["SGD", "Momentum", "Adam"]))
    rate = float(10 ** rng.uniform(-4, -1))
    shapes = [tuple(map(int, rng.integers(1, 6, rng.integers(1, 4)))) for _ in range(3)]
    start = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
    tensors = [_tensor(array) for array in start]
    module = import_module("ex15_optimisers")
    if name == "SGD":
        ours, theirs = module.SGD(rate), torch.optim.SGD(tensors, rate)
    elif name == "Momentum":
        momentum = float(rng.uniform(0, 0.99))
        ours = module.Momentum(rate, momentum)
        theirs = torch.optim.SGD(tensors, rate, momentum=momentum)
    else:
        betas = float(rng.uniform(0.5, 0.99)), float(rng.uniform(0.9, 0.9999))
        ours = module.Adam(rate, *betas)
        theirs = torch.optim.Adam(tensors, rate, betas=betas, eps=1e-8)
    parameters = [
        {"weights": start[0].copy(), "bias": start[1].copy()},
        {},
        {"weights": start[2].copy()},
    ]
    for _ in range(10):
        drawn = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
        for tensor, array in zip(tensors, drawn, strict=True):
            tensor.grad = torch.from_numpy(array.copy())
        ours.step(parameters, [{"weights": drawn[0], "bias": drawn[1]}, {}, {"weights": drawn[2]}])
        theirs.step()
    found = (parameters[0]["weights"], parameters[0]["bias"], parameters[2]["weights"])
    for array, tensor in zip(found, tensors, strict=True):
        yield f"{name}, parameters after ten steps", array, tensor


def loss(rng: np.random.Generator) -> Pairs:
    """Yield the mean cross-entropy of a softmax, and its gradient."""
    samples, classes = int(rng.integers(1, 40)), int(rng.integers(2, 20))
    logits = rng.normal(0, 5, (samples, classes)).astype(np.float32)
    labels = rng.integers(0, classes, samples)
    targets = np.eye(classes, dtype=np.float32)[labels]
    ours, gradient = import_module("ex16_model").softmax_cross_entropy(logits, targets)
    tensor = _tensor(logits)
    theirs = torch.nn.functional.cross_entropy(tensor, torch.from_numpy(labels))
    theirs.backward()
    yield "softmax and cross-entropy, loss", np.array(ours), theirs
    yield "softmax and cross-entropy, gradient", gradient, tensor.grad


KINDS: tuple[Callable[[np.random.Generator], Pairs], ...] = (convolution, pooling, optimiser, loss)


def _tensor(array: Array) -> torch.Tensor:
    return torch.from_numpy(array.copy()).requires_grad_()


def difference(ours: Array, theirs: torch.Tensor) -> float:
    """Return the largest difference, relative to the largest number; infinity for another kind."""
    expected = theirs.detach().numpy()
    if np.shape(ours) != expected.shape or (np.ndim(ours) and ours.dtype != np.float32):
        return float("inf")
    return float(np.max(np.abs(ours - expected)) / max(float(np.max(np.abs(expected))), 1e-30))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=int, default=300, help="of each kind")
    options = parser.parse_args()
    sys.path.insert(0, str(SOLUTIONS))
    worst: dict[str, list[float]] = {}
    for seed in range(options.settings):
        for kind in KINDS:
            for what, ours, theirs in kind(np.random.default_rng(seed)):
                worst.setdefault(what, []).append(difference(ours, theirs))
    print("| what | compared | largest relative difference |\n|---|---|---|")
    for what in sorted(worst):
        print(f"| {what} | {len(worst[what])} | {max(worst[what]):.1e} |")
    if max(map(max, worst.values())) > TOLERANCE:
        sys.exit(1)


if __name__ == "__main__":
    main()
