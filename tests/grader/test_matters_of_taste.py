"""Unusual but correct code: edits of the reference that must cost no marks in any part."""

import pytest

from tests.grader.edits import Edit, parts_that_lose

IMPORT = "import numpy as np\n"
CLIP = "    p = np.clip(y_pred, EPSILON, 1 - EPSILON)\n"
ADD = "    p, q = y_pred + 1e-5, 1 - y_pred + 1e-5\n"
BCE = "    return float(-np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p)))"
BCE_PRIME = "    return ((1 - y_true) / (1 - p) - y_true / p) / np.size(y_true)"
CCE_PRIME = "    return -y_true / p"
HE = "np.random.randn(output_size, input_size)"
UNIFORM = "np.random.uniform(-(3**0.5), 3**0.5, (output_size, input_size))"
MEAN = "total / len(x_train)"

EDITS = [
    Edit("imports what it does not use", "ex01", IMPORT, f"import scipy.signal\n{IMPORT}"),
    Edit(
        "compares with a ready-made function",
        "ex01",
        IMPORT,
        f"{IMPORT}\n\ndef compare(*arguments):\n    from scipy.signal import correlate2d as theirs\n\n"
        "    return theirs(*arguments) - correlate2d(*arguments)\n\n\n",
    ),
    Edit(
        "output in memory of its own",
        "ex04",
        "        self.output = self.weights @ input + self.bias\n",
        "        if not hasattr(self, 'memory'):\n            self.memory = np.zeros(self.bias.shape)\n"
        "        self.output = np.matmul(self.weights, input, out=self.memory)\n"
        "        self.output += self.bias\n",
    ),
    Edit("uniform weights", "ex04", HE, UNIFORM),
    Edit(
        "keeps its input for one backward",
        "ex05",
        "self.activation_prime(self.input)",
        "self.activation_prime(self.__dict__.pop('input'))",
    ),
    Edit(
        "keeps its output for one backward",
        "ex07",
        "return self.output * (output_gradient - np.sum(output_gradient * self.output))",
        "y = self.__dict__.pop('output')\n"
        "        return y * (output_gradient - np.sum(output_gradient * y))",
    ),
    Edit("adds instead of clipping", "ex06", CLIP + BCE, ADD + BCE.replace("1 - p", "q")),
    Edit(
        "adds instead of clipping",
        "ex06",
        CLIP + BCE_PRIME,
        ADD + BCE_PRIME.replace("(1 - p)", "q"),
    ),
    Edit("adds instead of clipping", "ex06", CLIP + CCE_PRIME, ADD + CCE_PRIME),
    Edit(
        "keeps its mask for one backward",
        "ex08",
        "return output_gradient * self.mask",
        "return output_gradient * self.__dict__.pop('mask')",
    ),
    Edit("arrays of no dimension", "ex09", MEAN, f"np.asarray({MEAN})"),
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit.part}: {edit.name}")
def test_costs_no_marks(grade, copy, edit):
    assert parts_that_lose(grade, copy, edit) == []
