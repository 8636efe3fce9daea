"""Wrong code as people write it gets the name of its mistake, also if there are two mistakes in it."""

from typing import NamedTuple

import pytest

from grader.checking.course import all_parts
from grader.grading.submission_grader import SubmissionGrader
from grader.status import Status
from grader.submissions.local_submission import LocalSubmission


class Case(NamedTuple):
    """A part, the edits of the reference, and the names that its failed checks get."""

    part: str
    edits: dict[str, str]
    names: set[str]


DENSE = "self.weights @ input + self.bias"
WEIGHTS = "output_gradient @ self.input.T"
PREDICT = "predict(network, x, training=True)"
RETURN = "    return losses\n"
SMALL = "return np.where(x >= 0, 1, small) / (1 + small)"
BOTH = "return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))"
NAIVE = "return 1 / (1 + np.exp(-x))"
BASE = "self.output = self.activation(input)"
KEPT = "np.random.rand(*input.shape) >= self.rate"
DRAWN = "np.random.default_rng().random(input.shape) >= self.rate"
ONE_FOR_ALL = "(np.random.rand() >= self.rate) * np.ones(input.shape)"
HE = "np.sqrt(2 / input_size)"
OTHER_HE = "np.sqrt(2 / (output_size + input_size))"
BCE = "float(-np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p)))"
STEP = "self.kernels = self.kernels - learning_rate * kernel_gradient"

CASES = [
    Case(
        "ex09/train", {PREDICT: "predict(network, x)", RETURN: ""}, {"not in training", "no return"}
    ),
    Case(
        "ex09/train",
        {"reversed(network)": "network", PREDICT: "predict(network, x)"},
        {"backward in forward order", "not in training"},
    ),
    Case(
        "ex04/forward", {DENSE: "np.dot(input, self.weights)"}, {"factors of the product mixed up"}
    ),
    Case(
        "ex04/forward", {DENSE: "self.weights * input + self.bias"}, {"product element by element"}
    ),
    Case(
        "ex04/backward",
        {WEIGHTS: "np.dot(output_gradient, self.input)"},
        {"factors of a product mixed up"},
    ),
    Case(
        "ex04/backward", {WEIGHTS: "output_gradient * self.input"}, {"product element by element"}
    ),
    Case(
        "ex04/backward",
        {"self.weights.T @ output_gradient": "output_gradient.T @ (self.weights - 1)"},
        {"input gradient as a row"},
    ),
    Case("ex04/initialisation", {HE: OTHER_HE}, {"Xavier in place of He"}),
    Case("ex05/sigmoid", {SMALL: BOTH}, {"np.where computes both forms"}),
    Case("ex05/sigmoid", {SMALL: NAIVE}, {"overflow for very negative input"}),
    Case(
        "ex05/sigmoid",
        {SMALL: NAIVE, BASE: f"{BASE} + 1"},
        {"overflow for very negative input"},
    ),
    Case(
        "ex05/sigmoid",
        {SMALL: NAIVE, "s * (1 - s)": "s"},
        {"derivative is the function", "overflow for very negative input"},
    ),
    Case(
        "ex06/binary_cross_entropy",
        {BCE: "-(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))"},
        {"array in place of one number"},
    ),
    Case("ex08/forward", {KEPT: DRAWN, "if training:": "if True:"}, {"always on"}),
    Case(
        "ex08/forward",
        {KEPT: "(np.random.rand() >= self.rate) * np.ones(input.shape)"},
        {"one random number for all"},
    ),
    Case(
        "ex02/backward",
        {STEP: STEP.replace("-", "+"), "return input_gradient": "return None"},
        {"a step uphill", "no return"},
    ),
]


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.part}: {' and '.join(sorted(case.names))}"
)
def test_gets_its_names(copy, case):
    exercise, _, _ = case.part.partition("/")
    (path,) = copy.glob(f"{exercise}_*.py")
    text = path.read_text("utf-8")
    for old, new in case.edits.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    part = next(part for part in all_parts() if part.id == case.part)
    results = SubmissionGrader(LocalSubmission(copy), 0, None).run_all([part])
    failed = [result for result in results if result.status is not Status.PASSED]
    assert {known.misconception and known.misconception.name for known in failed} == case.names
