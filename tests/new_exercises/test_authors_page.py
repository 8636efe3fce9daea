"""What docs/authors.md shows is what the tests of new exercises use."""

import re

import pytest

from tests.conftest import ROOT
from tests.new_exercises.test_new_exercises import FILES


@pytest.mark.parametrize(
    "name",
    [
        "solutions/ex045_double.py",
        "grader/test_ex045_double.py",
        "grader/misconceptions/catalogue/ex90_scale.py",
    ],
)
def test_the_page_shows_the_file(name):
    page = (ROOT / "docs/authors.md").read_text("utf-8")
    shown = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    text = (FILES / name).read_text("utf-8")
    # Here, their numbers are ones that no exercise will have; the page takes the next one.
    assert re.sub(r"\b(ex|[Ee]xercise )(045|45|90)", r"\g<1>10", text) in shown
