"""What two students' names, graded notebooks and feedback look like."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.nbgrader_stage.conftest import ROOT
from tests.nbgrader_stage.gradebook import core_parts
from tests.sandbox.conftest import needs_bubblewrap

pytestmark = needs_bubblewrap


class Addresses(HTMLParser):
    """Collects the addresses that a page links to or loads."""

    def __init__(self, page):
        super().__init__()
        self.linked, self.loaded = set(), set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        found = {value for name, value in attrs if name in {"href", "src", "srcset"}}
        (self.linked if tag == "a" else self.loaded).update(found)


@pytest.fixture(scope="module")
def graded(released, nbgrader):
    """Grade two submissions; only one of the students has been imported."""
    for student in ("ada", "bob"):
        folder = released / "submitted" / student / "core"
        folder.mkdir(parents=True)
        shutil.copy(ROOT / "solutions" / "ex03_reshape.py", folder)
        notes = "\n# %% [markdown]\n# <b onclick='steal()'>mine</b> $\\frac12$\n"
        with (folder / "ex03_reshape.py").open("a", encoding="utf-8") as file:
            file.write(notes)
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


@pytest.fixture(scope="module")
def pages(graded, nbgrader):
    """Return the folder of a student's feedback; one mark has been given by hand."""
    with Gradebook(f"sqlite:///{graded}/gradebook.db", "cnn") as book:
        book.find_grade("ex04-forward", "ex04_dense", "core", "ada").manual_score = 1.5
        student = book.find_student("ada")
        student.last_name = "<b>Lovelace"
        book.db.commit()
    done = nbgrader("generate_feedback", "core", "--CourseDirectory.student_id=ada")
    assert done.status == 0, done.output
    return graded / "feedback" / "ada" / "core"


def test_the_report_comes_first(graded, pages):
    text = (pages / "ex03_reshape.html").read_text("utf-8")
    heading = text.index('<a name="ex03-forward">')
    report = text.index("ex03/forward, Reshape.forward: 2 of 2 marks")
    code = text.index('<span class="n">grade</span>', heading)
    assert heading < report < code
    path = graded / "autograded" / "ada" / "core" / "ex03_reshape.ipynb"
    for cell in nbformat.read(path, 4).cells:
        marked = cell.metadata.get("nbgrader", {}).get("grade", False)
        assert cell.metadata.get("jupyter", {}).get("source_hidden", False) == marked


def test_one_page_has_all_marks(pages):
    text = (pages / "index.html").read_text("utf-8")
    assert "Ada &lt;b&gt;Lovelace" in text
    assert "5.5 of 100 marks" in text
    cells = re.findall(r'#([\w-]+)">([\w/]+)</a></td>\s*<td>([\d.]+)</td><td>(\d+)</td>', text)
    assert [cell[1] for cell in sorted(cells)] == sorted(part.id for part in core_parts())
    assert ("ex04-forward", "ex04/forward", "1.5", "4") in cells
    assert ("ex03-forward", "ex03/forward", "2", "2") in cells


def test_every_link_of_that_page_leads_somewhere(pages):
    for address in Addresses(pages / "index.html").linked:
        name, _, anchor = address.partition("#")
        assert f'<a name="{anchor}">' in (pages / name).read_text("utf-8") or not anchor


def test_every_page_has_all_marks(pages):
    for page in pages.glob("*.html"):
        assert "5.5 of 100" in page.read_text("utf-8"), page


def test_pages_load_nothing_and_link_to_nothing_else(pages):
    names = {page.name for page in pages.glob("*.html")}
    for page in pages.glob("*.html"):
        found = Addresses(page)
        assert found.loaded == set(), page
        assert {address.partition("#")[0] for address in found.linked} <= {"", *names}, page
        assert "<script" not in page.read_text("utf-8"), page


def test_formulas_and_notes_are_shown(pages):
    text = (pages / "ex03_reshape.html").read_text("utf-8")
    assert "<mfrac><mn>1</mn><mn>2</mn></mfrac>" in text
    assert "&lt;b onclick=" in text
    assert "<b onclick" not in text
