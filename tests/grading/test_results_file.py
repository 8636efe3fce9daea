"""What is written to results.json can be read again."""

import json

import numpy as np
import pytest

from grader import results_file
from grader.api import Job, grade
from grader.results_file import ResultsFileError

CODE = """
import numpy as np

class Convolutional:
    def __init__(self, input_shape, kernel_size, depth):
        channels, height, width = input_shape
        self.kernels = np.zeros((depth, channels, kernel_size, kernel_size))
        self.biases = np.zeros((depth, height - kernel_size + 1, width - kernel_size + 1))

    def forward(self, input, training=False):
        return self.biases * np.nan

    def backward(self, output_gradient, learning_rate):
        raise NotImplementedError
"""


@pytest.fixture(scope="module")
def results():
    """The results of a submission with a little of everything."""
    return grade(Job({"ex02_convolutional.py": CODE.encode()}, ("ex02", "ex03")))


def test_what_is_read_is_what_was_written(results, tmp_path):
    path = tmp_path / "results.json"
    results_file.write(results, path)
    again = results_file.read(path)
    assert again == results
    (one, other) = (
        next(check.difference for check in r.parts[0].checks if check.difference)
        for r in (results, again)
    )
    for before, after in zip(one.channels, other.channels, strict=True):
        np.testing.assert_array_equal(before.expected, after.expected)
        np.testing.assert_array_equal(before.got, after.got)


def test_each_check_has_its_message(results):
    document = results_file.to_document(results)
    texts = [check["message"] for part in document["parts"] for check in part["checks"]]
    assert any("contains nan" in text for text in texts)
    assert "ex03_reshape.py is missing" in texts
    json.dumps(document, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "is not JSON"),
        ("[]", "found None"),
        ('{"schema_version": 1}', "expected schema version 2, found 1"),
        ('{"schema_version": 2, "parts": 3}', "parts"),
    ],
)
def test_a_file_that_is_something_else_is_said(tmp_path, text, said):
    path = tmp_path / "results.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ResultsFileError, match=said):
        results_file.read(path)
