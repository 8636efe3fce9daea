"""The exact messages that students see: one file for each message, in `test_messages/`.

After an intended change, `pytest tests/grader/test_messages.py --force-regen` rewrites the files. Then
read each of them aloud.
"""

import re
from functools import cache
from typing import NamedTuple

import pytest

from datasets import load_digits
from grader.checking.course import all_parts
from grader.grading.submission_grader import SubmissionGrader
from grader.submissions.local_submission import LocalSubmission


class Case(NamedTuple):
    """A message: its name, the check that gives it, and the edit of the reference that causes it."""

    name: str
    check: str
    old: str
    new: str


RESHAPED = "return np.reshape(input, self.output_shape)"
CORRELATED = 'self.output[i] += correlate2d(channel, kernel, "valid")'
GRADIENT = 'input_gradient[j] += convolve2d(gradient, self.kernels[i, j], "full")'
DENSE = "self.output = self.weights @ input + self.bias"
HE = "return np.random.randn(output_size, input_size) * np.sqrt(2 / input_size)"
LOSS = "return float(-np.sum(y_true * np.log(p)))"
KEPT = "kept = np.random.rand(*input.shape) >= self.rate"
SOFTMAX = "powers = np.exp(input - np.max(input))"
CHANGED = "output = np.reshape(1 * input, self.output_shape); input *= 2; return output"
LAYERS = "for layer in reversed(network):"

CASES = [
    Case(
        "a_known_mistake",
        "ex02/backward/input_gradient",
        "convolve2d(gradient",
        "correlate2d(gradient",
    ),
    Case("an_unknown_mistake", "ex04/forward/values", DENSE, f"{DENSE} * 1.5"),
    Case(
        "two_small_arrays",
        "ex03/forward/values",
        RESHAPED,
        f"output = {RESHAPED[7:]}; output[1:3] += 0.25; return output",
    ),
    Case("a_few_wrong_numbers", "ex04/forward/values", DENSE, f"{DENSE}; self.output[0] += 1"),
    Case("the_wrong_shape", "ex03/forward/values", RESHAPED, "return input[..., None]"),
    Case(
        "nothing_returned", "ex03/forward/values", RESHAPED, RESHAPED.replace("return", "output =")
    ),
    Case("not_an_array", "ex03/forward/values", RESHAPED, "return 'output'"),
    Case("a_list", "ex03/forward/values", RESHAPED, f"{RESHAPED}.tolist()"),
    Case("complex_numbers", "ex03/forward/values", RESHAPED, f"{RESHAPED} + 0j"),
    Case("not_a_number", "ex07/forward/extremes", SOFTMAX, "powers = np.exp(input)"),
    Case("a_warning", "ex07/forward/extremes", SOFTMAX, f"np.exp(input); {SOFTMAX}"),
    Case("input_changed", "ex03/forward/leaves_alone", RESHAPED, CHANGED),
    Case("nothing_kept", "ex04/forward/memory", "self.input = input", "pass"),
    Case(
        "an_exception",
        "ex04/forward/values",
        DENSE,
        "self.output = self.weights @ input.T + self.bias",
    ),
    Case("a_missing_attribute", "ex04/forward/values", DENSE, "self.output = self.weight @ input"),
    Case("a_missing_class", "ex04/forward/values", "class Dense(", "class Dance("),
    Case("a_syntax_error", "ex04/forward/values", DENSE, "self.output = self.weights @ (input"),
    Case(
        "a_missing_package", "ex04/forward/values", "import numpy as np\n", "import numppy as np\n"
    ),
    Case("the_program_would_end", "ex04/forward/values", DENSE, "raise SystemExit"),
    Case(
        "ready_made",
        "ex01/correlate2d/valid",
        "    height = image.shape[0]",
        "    from scipy import signal\n\n    height = image.shape[0]",
    ),
    Case(
        "all_weights_the_same",
        "ex04/initialisation/spread",
        HE,
        "return np.ones((output_size, input_size))",
    ),
    Case(
        "an_array_for_a_loss",
        "ex06/categorical_cross_entropy/values",
        LOSS,
        "return -y_true * np.log(p)",
    ),
    Case("the_wrong_share_is_dropped", "ex08/forward/training", KEPT, KEPT.replace(">=", "<")),
    Case("the_wrong_order_of_calls", "ex09/train/backward", LAYERS, "for layer in network:"),
    Case("one_epoch_is_missing", "ex09/train/losses", "range(1, epochs + 1)", "range(1, epochs)"),
    Case(
        "not_written_yet",
        "ex04/forward/values",
        f"self.input = input\n        {DENSE}",
        "raise NotImplementedError",
    ),
    Case("a_stub_left_over", "ex04/forward/values", DENSE, "raise NotImplementedError"),
    Case("an_endless_recursion", "ex04/forward/values", DENSE, "self.output = self.forward(input)"),
    Case(
        "a_constructor_that_raises",
        "ex03/forward/values",
        "self.input_shape = input_shape",
        "self.input_shape = tuple(input_shap)",
    ),
    Case(
        "a_sigmoid_that_overflows",
        "ex05/sigmoid/extremes",
        "return np.where(x >= 0, 1, small) / (1 + small)",
        "return 1 / (1 + np.exp(-x))",
    ),
    Case(
        "another_is_not_written_yet",
        "milestones/xor/predictions",
        DENSE,
        "raise NotImplementedError",
    ),
    Case(
        "a_milestone_missed",
        "milestones/zero_or_one/accuracy",
        "self.weights = self.weights - learning_rate",
        "self.weights = self.weights + learning_rate",
    ),
]


@pytest.fixture(autouse=True)
def _on_digits(monkeypatch):
    """Use the data that everyone has, so that the messages are the same everywhere."""
    monkeypatch.delenv("MNIST_DIR", raising=False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_message(case, copy, file_regression):
    spoil(copy, case)
    part_id, _, name = case.check.rpartition("/")
    part = next(part for part in all_parts() if part.id == part_id)
    check = next(check for check in part.checks if check.name == name)
    result = SubmissionGrader(LocalSubmission(copy), 0, cache(load_digits)).run(check, part)
    text = f"{result.status}\n{result.message()}\n"
    file_regression.check(re.sub(r"line \d+", "line N", text), encoding="utf-8")


def spoil(folder, case):
    """Make the replacement in the file of the case's exercise."""
    exercise = case.check.partition("/")[0]
    pattern = f"{exercise}_*.py" if exercise.startswith("ex") else "ex04_*.py"
    (path,) = folder.glob(pattern)
    text = path.read_text("utf-8")
    assert case.old in text
    path.write_text(text.replace(case.old, case.new), "utf-8")
