"""What docs/authors.md shows is what the tests of new exercises use."""

import re

import pytest

from tests.conftest import ROOT
from tests.new_exercises.test_new_exercises import FILES


@pytest.mark.parametrize(
    "name",
    [
        "solutions/ex00_double.py",
        "grader/test_ex00_double.py",
        "grader/misconceptions/catalogue/ex10_scale.py",
    ],
)
def test_the_page_shows_the_file(name):
    page = (ROOT / "docs/authors.md").read_text("utf-8")
    shown = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    text = (FILES / name).read_text("utf-8")
    assert text.replace("ex00", "ex10").replace("Exercise 0", "Exercise 10") in shown
