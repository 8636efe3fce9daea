"""What is said about a notebook's cells that cannot be run."""

from __future__ import annotations

import pytest

from grader.api import Job, Where, grade
from grader.grading.collect_results import relocated
from grader.status import ErrorCode, Status
from grader.submissions.notebook_to_module import Cell, in_cell, module_text
from tests.sandbox.conftest import needs_bubblewrap

IMPORTS = Cell(1, "import numpy as np\nfrom layer import Layer\n\nready = True")
RESHAPE = """class Reshape(Layer):
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return input.reshape(self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return output_gradient.reshape(self.input_shape)"""
EVERYWHERE = [Where.HERE, pytest.param(Where.SANDBOXED, marks=needs_bubblewrap)]


def checks_of(*cells, where=Where.HERE):
    """Grade a notebook with these cells; return its checks, with lines counted in the cells."""
    job = Job({"ex03_reshape.py": module_text(cells).encode()}, ("ex03",), where=where)
    checks = (check for part in grade(job).parts for check in part.checks)
    return [relocated(check, lambda location: in_cell(location, cells)) for check in checks]


def test_a_notebook_passes_as_a_module():
    assert {check.status for check in checks_of(IMPORTS, Cell(3, RESHAPE))} == {Status.PASSED}


@pytest.mark.parametrize("where", EVERYWHERE)
def test_a_syntax_error_is_told_with_the_line_in_its_cell(where):
    broken = Cell(3, RESHAPE.replace("return input.", "return = input.", 1))
    for check in checks_of(IMPORTS, broken, where=where):
        assert (check.status, check.code) == (Status.ERROR, ErrorCode.NAME_MISSING)
        what = check.what_happened()
        assert "ex03_reshape.ipynb has no `Reshape`: the cell that defines it cannot be run" in what
        assert "cell 3, line 6: SyntaxError: invalid syntax" in what
        assert str(check.location) == "ex03_reshape.ipynb, cell 3, line 6"


def test_a_syntax_error_elsewhere_is_not_to_blame():
    other = Cell(2, "def plot(:\n    pass")
    assert {check.status for check in checks_of(IMPORTS, other, Cell(3, RESHAPE))} == {
        Status.PASSED
    }
    for check in checks_of(IMPORTS, other):
        assert check.what_happened() == "ex03_reshape.ipynb has no `Reshape`"


@pytest.mark.parametrize("text", ["(" * 5000, "\x00", "-" * 50_000 + "1"])
def test_any_text_may_stand_beside_the_definition(text):
    """What no parser reads costs a sentence, not the grading."""
    for check in checks_of(IMPORTS, Cell(3, f"{RESHAPE}\nx = {text}")):
        assert "has no `Reshape`" in check.what_happened()


def test_a_module_is_named_as_a_module():
    results = grade(Job({"ex03_reshape.py": b"x = 1"}, ("ex03",)))
    assert results.parts[0].checks[0].detail == "ex03_reshape.py has no `Reshape`"
