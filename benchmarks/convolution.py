"""Compare the course's convolution with PyTorch's: `python benchmarks/convolution.py`.

In an environment of its own, which needs `torch`, `numpy` and `scipy`, and no other package. Each
contender computes the output and all three gradients, in float32, on the same cores. The contenders
take turns, and the medians are printed:

naive
    the published form: SciPy's correlation for each sample, kernel and channel
ex10
    the functions of exercise 10: one einsum for each place in the kernel
Conv2D
    the layer of exercise 13: im2col by kernel offsets, and two matrix products in each direction
PyTorch
    torch.nn.functional.conv2d and its backward pass
products
    the three matrix products of Conv2D alone, their columns given: no method built on them is faster
"""

from __future__ import annotations

import argparse
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from by_turns import medians
from numpy.typing import NDArray
from scipy.signal import convolve2d, correlate2d

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
SLOW = 64 * 8 * 16
"""More correlations than this, and the published form is left out: it takes seconds."""


class Shape(NamedTuple):
    """The sizes of a convolution; images and kernels are squares."""

    samples: int
    channels: int
    size: int
    filters: int
    kernel: int

    @property
    def output(self) -> int:
        """The side of an output map."""
        return self.size - self.kernel + 1

    def __str__(self) -> str:
        image = f"({self.channels}, {self.size}, {self.size})"
        return f"{image} to {self.filters}, {self.kernel}x{self.kernel}, N = {self.samples}"


SHAPES = (
    Shape(64, 1, 28, 8, 3),
    Shape(64, 1, 28, 8, 5),
    Shape(256, 1, 28, 8, 3),
    Shape(16, 8, 26, 16, 3),
    Shape(64, 8, 26, 16, 3),
    Shape(64, 8, 12, 16, 5),
    Shape(64, 16, 12, 32, 3),
    Shape(16, 32, 16, 64, 3),
    Shape(64, 3, 32, 16, 5),
)


class Arrays(NamedTuple):
    """What every contender is given, in float32."""

    x: NDArray[Any]
    kernels: NDArray[Any]
    bias: NDArray[Any]
    output_gradient: NDArray[Any]


def draw(shape: Shape) -> Arrays:
    """Return random arrays."""
    rng = np.random.default_rng(0)
    n, c, size, f, k = shape
    sizes = ((n, c, size, size), (f, c, k, k), (f,), (n, f, shape.output, shape.output))
    return Arrays(*(rng.normal(size=size).astype(np.float32) for size in sizes))


def naive(arrays: Arrays) -> Callable[[], object]:
    """Return the published form: a call of SciPy for each sample, kernel and channel."""
    x, kernels, bias, g = arrays

    def run() -> tuple[NDArray[Any], ...]:
        output = np.zeros(g.shape, np.float32)
        to_kernels, to_input = np.zeros_like(kernels), np.zeros_like(x)
        for n, f in np.ndindex(*g.shape[:2]):
            output[n, f] = bias[f]
            for c in range(x.shape[1]):
                output[n, f] += correlate2d(x[n, c], kernels[f, c], "valid")
                to_kernels[f, c] += correlate2d(x[n, c], g[n, f], "valid")
                to_input[n, c] += convolve2d(g[n, f], kernels[f, c], "full")
        return output, to_kernels, g.sum(axis=(0, 2, 3)), to_input

    return run


def exercise_10(arrays: Arrays) -> Callable[[], object]:
    """Return the four functions of exercise 10."""
    ex10 = import_module("ex10_batch_convolution")
    x, kernels, bias, g = arrays
    return lambda: (
        ex10.conv2d_forward(x, kernels, bias),
        ex10.conv2d_kernel_gradient(g, x),
        ex10.conv2d_bias_gradient(g),
        ex10.conv2d_input_gradient(g, kernels),
    )


def exercise_13(arrays: Arrays) -> Callable[[], object]:
    """Return forward and backward of exercise 13's layer."""
    x, kernels, bias, g = arrays
    filters, channels, rows, columns = kernels.shape
    layer = import_module("ex13_conv2d").Conv2D(channels, filters, (rows, columns))
    layer.parameters = {"kernels": kernels, "bias": bias}

    def run() -> tuple[NDArray[Any], ...]:
        output = layer.forward(x, training=True)
        return output, layer.backward(g)

    return run


def pytorch(arrays: Arrays) -> Callable[[], object]:
    """Return PyTorch's convolution and its backward pass."""
    import torch

    x, kernels, bias, g = (torch.from_numpy(array.copy()) for array in arrays)
    for wanted in (x, kernels, bias):
        wanted.requires_grad_()

    def run() -> object:
        output = torch.nn.functional.conv2d(x, kernels, bias)
        return output, torch.autograd.grad(output, (x, kernels, bias), g)

    return run


def products(arrays: Arrays) -> Callable[[], object]:
    """Return the three matrix products that every form of im2col needs."""
    _, kernels, _, g = arrays
    weights = kernels.reshape(len(kernels), -1)
    sent = np.ascontiguousarray(g.swapaxes(0, 1)).reshape(len(kernels), -1)
    columns = np.random.default_rng(0).normal(size=(weights.shape[1], sent.shape[1]))
    columns = columns.astype(np.float32)
    return lambda: (weights @ columns, sent @ columns.T, weights.T @ sent)


CONTENDERS = {
    "naive": naive,
    "ex10": exercise_10,
    "Conv2D": exercise_13,
    "PyTorch": pytorch,
    "products": products,
}


def rows(seconds: float) -> Iterator[str]:
    """Yield the table's rows: milliseconds, and how many times as long as PyTorch and the products."""
    for shape in SHAPES:
        arrays = draw(shape)
        chosen = dict(CONTENDERS)
        if shape.samples * shape.channels * shape.filters > SLOW:
            del chosen["naive"]
        calls = {name: make(arrays) for name, make in chosen.items()}
        took = medians(calls, seconds=seconds)
        cells = [f"{1000 * took[name]:.3g}" if name in took else "" for name in CONTENDERS]
        ratios = [f"{took['Conv2D'] / took[other]:.2f}" for other in ("PyTorch", "products")]
        yield f"| {shape} | {' | '.join(cells + ratios)} |"


def memory(shape: Shape) -> str:
    """Return the peak memory of Conv2D, and the size of the columns, in MB."""
    run = exercise_13(draw(shape))
    columns = 4 * shape.channels * shape.kernel**2 * shape.samples * shape.output**2 / 1e6
    run()
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return f"| {shape} | {columns:.3g} | {peak:.3g} | {peak / columns:.2f} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each contender and shape")
    options = parser.parse_args()
    sys.path.insert(0, str(SOLUTIONS))
    heads = [*CONTENDERS, "Conv2D / PyTorch", "Conv2D / products"]
    print(f"| forward and backward, ms | {' | '.join(heads)} |\n|{'---|' * (len(heads) + 1)}")
    for row in rows(options.seconds):
        print(row, flush=True)
    print("\n| memory, MB | columns | peak of Conv2D | times |\n|---|---|---|---|")
    for shape in SHAPES:
        print(memory(shape))


if __name__ == "__main__":
    main()
