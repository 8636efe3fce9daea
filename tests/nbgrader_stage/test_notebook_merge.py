"""However a student arranges the cells, the rebuilt notebook can be run from the top."""

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
    """Return one of the course's notebooks."""
    text = next(
        text
        for path, text in course_files(ROOT, ROOT / "course").items()
        if path.stem == request.param
    )
    return nbformat.reads(text, 4)


def names(notebook):
    """Return the ids of the course's code cells, in order."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [c.metadata.nbgrader.grade_id for c in code if "nbgrader" in c.metadata]


def own(source):
    return copy.deepcopy(source)


def test_a_notebook_in_order_stays_as_it_is(source):
    notebook = rebuilt(own(source), source, [])
    assert [c.source for c in notebook.cells] == [c.source for c in source.cells]


def can_be_run(notebook, source):
    """Return whether every cell of the course comes after the cells that it needs."""
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


def test_the_setup_cell_comes_first(source):
    before = own(source)
    before.cells.reverse()
    assert can_be_run(rebuilt(before, source, []), source)


def test_a_notebook_with_only_marked_cells_keeps_them_all(source):
    before = own(source)
    before.cells = marked(before)
    found = names(rebuilt(before, source, []))
    assert set(found) >= {cell.metadata.nbgrader.grade_id for cell in marked(source)}
