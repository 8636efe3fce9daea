"""What two students' names, graded notebooks and feedback look like."""

from __future__ import annotations

import shutil

import pytest
from nbgrader.api import Gradebook

from tests.nbgrader_stage.conftest import ROOT
from tests.sandbox.conftest import needs_bubblewrap

pytestmark = needs_bubblewrap


@pytest.fixture(scope="module")
def graded(released, nbgrader):
    """Grade two submissions; only one of the students has been imported."""
    for student in ("ada", "bob"):
        folder = released / "submitted" / student / "core"
        folder.mkdir(parents=True)
        shutil.copy(ROOT / "solutions" / "ex03_reshape.py", folder)
    students = released / "students.csv"
    students.write_text("id,first_name,last_name\nada,Ada,Lovelace\n", "utf-8")
    imported = nbgrader("db", "student", "import", str(students))
    assert imported.status == 0, imported.output
    nbgrader("autograde", "core")
    return released


def names(course):
    """Return the students' names in the gradebook, as formgrader shows them."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "cnn") as book:
        return {one.id: f"{one.last_name}, {one.first_name}" for one in book.students}


def test_a_student_without_a_name_is_called_by_the_id(graded):
    assert names(graded) == {"ada": "Lovelace, Ada", "bob": "bob, "}


def test_a_name_can_be_added_later(graded, nbgrader):
    done = nbgrader("db", "student", "add", "bob", "--first-name", "Bob", "--last-name", "Ross")
    assert done.status == 0, done.output
    nbgrader("autograde", "core", "--student", "bob", "--force")
    assert names(graded)["bob"] == "Ross, Bob"
