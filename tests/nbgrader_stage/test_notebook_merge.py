"""However a student has arranged the cells, the rebuilt notebook can be run from the top."""

import copy

import nbformat
import pytest

from grader.authoring.nbgrader_source import course_files
from grader.nbgrader_stage.notebook_merge import rebuilt
from tests.nbgrader_stage.conftest import ROOT
from tests.nbgrader_stage.handed_in import marked, moved

NAMES = ("ex03_reshape", "ex04_dense", "ex05_activations")


@pytest.fixture(params=NAMES)
def source(request):
    """Return a notebook of the course."""
    text = next(text for path, text in course_files(ROOT).items() if path.stem == request.param)
    return nbformat.reads(text, 4)


def names(notebook):
    """Return the names of the course's code cells, in their order."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [c.metadata.nbgrader.grade_id for c in code if "nbgrader" in c.metadata]


def own(source):
    return copy.deepcopy(source)


def test_what_is_in_order_stays_so(source):
    notebook = rebuilt(own(source), source, [])
    assert [c.source for c in notebook.cells] == [c.source for c in source.cells]


def can_be_run(notebook, source):
    """Tell whether every cell of the course comes after those that it needs."""
    order, needed = names(notebook), set()
    graded = {cell.metadata.nbgrader.grade_id for cell in marked(source)}
    for name in names(source):
        if name in graded and not all(order.index(one) < order.index(name) for one in needed):
            return False
        needed |= set() if name in graded else {name}
    return set(order) == set(names(source))


def test_marked_cells_come_after_what_they_mark(source):
    before = own(source)
    moved(before)
    assert not can_be_run(before, source)
    assert can_be_run(rebuilt(before, source, []), source)


def test_what_is_given_comes_before_what_uses_it(source):
    before = own(source)
    before.cells.reverse()
    assert can_be_run(rebuilt(before, source, []), source)


def test_a_student_who_has_only_marked_cells_has_all_of_them(source):
    before = own(source)
    before.cells = marked(before)
    found = names(rebuilt(before, source, []))
    assert set(found) >= {cell.metadata.nbgrader.grade_id for cell in marked(source)}
