"""Mistakes that show only with a second layer or call, with other parts, or with unusual numbers.

Each must cost marks in its part and in no other.
"""

import pytest

from tests.grader.edits import Edit, parts_that_lose

IMPORT = "import numpy as np\n"
STEEP = "-y_true / (y_pred + 10.0**-100)"
ZEROS = "output = np.zeros((height, width))"
WEIGHTED = "self.output = self.weights @ input + self.bias"
SLOPES = "return output_gradient * self.activation_prime(self.input)"
SOFTMAX = "return self.output * (output_gradient - np.sum(output_gradient * self.output))"
BCE_PRIME = "return ((1 - y_true) / (1 - p) - y_true / p) / np.size(y_true)"
KEPT = "losses.append(total / len(x_train))"
DROPPED = "return output_gradient * self.mask"

SIGMOID = """\
            return np.where(x >= 0, 1, small) / (1 + small)

        def sigmoid_prime(x: np.ndarray) -> np.ndarray:
            s = sigmoid(x)
            return s * (1 - s)
"""
SIGMOID_OF_ALL = """\
            Sigmoid.last = np.where(x >= 0, 1, small) / (1 + small)
            return Sigmoid.last

        def sigmoid_prime(x: np.ndarray) -> np.ndarray:
            return Sigmoid.last * (1 - Sigmoid.last)
"""


def shared(shape, value, indent=8):
    """Return code that puts its answer in a buffer shared by all arrays of the same shape."""
    lines = (
        "buffers = globals().setdefault('BUFFERS', {})",
        f"answer = buffers.setdefault({shape}, np.zeros({shape}))",
        f"answer[:] = {value}",
        "return answer",
    )
    return f"\n{' ' * indent}".join(lines)


ACTIVATION = "self.activation(input)"
DRAWN = "np.random.rand(*input.shape) >= self.rate"
FORWARD = "layer.forward(output, training)"

MISTAKES = [
    Edit(
        "rounded like the kernel", "ex01/correlate2d", ZEROS, f"{ZEROS[:-1]}, dtype=kernel.dtype)"
    ),
    Edit(
        "ready-made, by way of a function of their own",
        "ex01/correlate2d",
        f"{IMPORT}\n\ndef correlate2d(",
        f"{IMPORT}from scipy import signal\n\n\ndef slide(image, kernel, mode):\n"
        "    return signal.correlate2d(image, kernel, mode)\n\n\n"
        "def correlate2d(image, kernel, mode='valid'):\n    return slide(image, kernel, mode)\n\n\n"
        "def unused(",
    ),
    Edit(
        "shared memory",
        "ex01/correlate2d",
        ZEROS,
        "buffers = globals().setdefault('BUFFERS', {})\n"
        "    output = buffers.setdefault((height, width), np.zeros((height, width)))",
    ),
    Edit(
        "turns its kernels for good",
        "ex02/forward",
        "        self.input = input\n",
        "        self.input = input\n        self.kernels = self.kernels[:, :, ::-1, ::-1]\n",
    ),
    Edit("n - 1", "ex04/initialisation", "2 / input_size", "2 / (input_size - 1)"),
    Edit(
        "only signs",
        "ex04/initialisation",
        "randn(output_size, input_size)",
        "choice([-1, 1], (output_size, input_size))",
    ),
    Edit(
        "weights in the class", "ex04/initialisation", "self.weights = he_", "Dense.weights = he_"
    ),
    Edit(
        "shared memory",
        "ex04/forward",
        WEIGHTED,
        shared("self.bias.shape", WEIGHTED[14:]).replace("return answer", "self.output = answer"),
    ),
    Edit("shared memory", "ex05/backward", SLOPES, shared("self.input.shape", SLOPES[7:])),
    Edit("input moved", "ex05/backward", SLOPES, f"self.input -= 1\n        {SLOPES}"),
    Edit(
        "the derivative remembers",
        "ex05/sigmoid",
        SIGMOID,
        SIGMOID_OF_ALL,
    ),
    Edit("cut off at 255", "ex05/relu", "return np.maximum(0, x)", "return np.clip(x, 0, 255)"),
    Edit(
        "shared memory",
        "ex06/binary_cross_entropy_prime",
        BCE_PRIME,
        shared("p.shape", BCE_PRIME[7:], 4),
    ),
    Edit("shared memory", "ex07/backward", SOFTMAX, shared("self.output.shape", SOFTMAX[7:])),
    Edit("mask in the class", "ex08/forward", "self.mask = ", "Dropout.mask = "),
    Edit("shared memory", "ex08/backward", DROPPED, shared("self.mask.shape", DROPPED[7:])),
    Edit(
        "leaves the network turned round",
        "ex09/train",
        "    return losses\n",
        "    network.reverse()\n    return losses\n",
    ),
    Edit(
        "stops at a loss of 0",
        "ex09/train",
        KEPT,
        f"{KEPT}\n        if not total:\n            break",
    ),
    Edit(
        "stops as soon as the loss rises",
        "ex09/train",
        KEPT,
        f"{KEPT}\n        if losses[-1] > losses[0]:\n            break",
    ),
    Edit(
        "learns nothing from a small loss",
        "ex09/train",
        "total += loss(y, output)",
        "total += loss(y, output)\n            if loss(y, output) < 1e-3:\n                continue",
    ),
    Edit(
        "cuts large inputs off",
        "ex05/forward",
        ACTIVATION,
        "self.activation(np.clip(input, -500, 500))",
    ),
    Edit(
        "cuts whole numbers off",
        "ex05/forward",
        f"self.output = {ACTIVATION}",
        f"self.output = np.empty_like(input)\n        self.output[...] = {ACTIVATION}",
    ),
    Edit(
        "loses the sign of its input",
        "ex05/backward",
        "_prime(self.input)",
        "_prime(np.abs(self.input))",
    ),
    Edit(
        "knows tenths only",
        "ex08/forward",
        DRAWN,
        "np.random.randint(0, 10, input.shape) >= 10 * self.rate",
    ),
    Edit(
        "drops one in a hundred more",
        "ex08/forward",
        DRAWN,
        "np.random.randint(0, 100, input.shape) > int(self.rate * 100)",
    ),
    Edit(
        "training by its name only",
        "ex08/forward",
        "training: bool",
        "*, training: bool",
    ),
    Edit(
        "clips at 10",
        "ex05/sigmoid",
        "small = np.exp(-np.abs(x))",
        "x = np.clip(x, -10, 10)\n            small = np.exp(-np.abs(x))",
    ),
    Edit("absurdly steep", "ex06/categorical_cross_entropy_prime", "-y_true / p", STEEP),
    Edit(
        "stores another rate", "ex08/forward", "self.rate = rate", "self.rate = round(1 - rate, 2)"
    ),
    Edit(
        "makes one bias for each map",
        "ex02/forward",
        "np.zeros((depth, height - kernel_size + 1, width - kernel_size + 1))",
        "np.zeros((depth, 1, 1))",
    ),
    Edit("keeps the input's shape", "ex09/predict", FORWARD, f"{FORWARD}.reshape(input.shape)"),
    Edit(
        "wants one shape",
        "ex09/train",
        "loss_prime(y, output)",
        "loss_prime(y, output).reshape(x.shape)",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.part}: {m.name}")
def test_costs_marks_only_in_its_part(grade, copy, mistake):
    assert parts_that_lose(grade, copy, mistake) == [mistake.part]
