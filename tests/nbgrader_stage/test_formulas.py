"""Formulas are shown without a network, and contain nothing but a formula."""

from __future__ import annotations

import re
from html import escape
from xml.etree.ElementTree import fromstring

import jupytext
import pytest

from grader.nbgrader_stage.formulas import LONGEST, formula
from tests.nbgrader_stage.conftest import ROOT

FORMULA = re.compile(r"(\$\$?)(.+?)\1", re.DOTALL)
ODD = [
    *("\\frac{1}", "\\left( x", "}", "a^b^c", "\\", "\\begin{pmatrix} 1", "\\unknown{x} &", ""),
    "{" * 2000,
    "x" * (LONGEST + 1),
    "\\newcommand{\\a}{xx}\\newcommand{\\b}{\\a\\a}\\b",
    "\\text{<script>} < & \ufffe",
]


def test_every_formula_of_the_course_is_drawn():
    texts = [
        cell.source
        for path in sorted((ROOT / "solutions").glob("ex*.py"))
        for cell in jupytext.read(path).cells
        if cell.cell_type == "markdown"
    ]
    found = [match for text in texts for match in FORMULA.findall(text)]
    assert len(found) > 200
    for dollars, latex in found:
        html = formula(latex, block=dollars == "$$")
        assert html.startswith("<math"), latex
        assert "\\" not in html, latex


@pytest.mark.parametrize("latex", ODD, ids=range(len(ODD)))
def test_what_is_no_formula_stays_readable(latex):
    html = formula(latex, block=False)
    assert html.startswith("<math") or html == f"<code>{escape(f'${latex}$')}</code>"
    assert "<script" not in html


@pytest.mark.parametrize("command", ["href", "class", "style"])
def test_a_formula_has_no_link_and_no_style(command):
    html = formula(rf"\{command}{{https://example.org}}{{x}}", block=False)
    root = fromstring(html)
    assert "".join(root.itertext()) == "x"
    assert "example" not in html


def test_the_number_of_an_equation_stands_apart():
    assert "<mspace" in formula(r"a = b \tag{forward}", block=True)
