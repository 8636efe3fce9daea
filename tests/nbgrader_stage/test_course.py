"""A whole course, from release to feedback, with nbgrader's own commands."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from grader.runtime.provided_files import PROVIDED
from grader.submissions.local_submission import LocalSubmission
from tests.nbgrader_stage.conftest import SECRET_SEED
from tests.nbgrader_stage.gradebook import core_parts, marks_in
from tests.sandbox.conftest import needs_bubblewrap

pytestmark = needs_bubblewrap
MARKS = {part.id: part.marks for part in core_parts()}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def autograded(graded_class):
    """Return what grading all submissions printed."""
    return graded_class.ran


@pytest.fixture(scope="module")
def due(graded_class):
    """Return what each student deserves."""
    return graded_class.due


@pytest.fixture(scope="module")
def scores(graded):
    """Return the marks in the gradebook, by student and part."""
    return marks_in(graded)


def test_every_student_has_every_mark(scores, due):
    assert set(scores) == set(due)
    for student, parts in scores.items():
        assert set(parts) == set(MARKS), student
        assert None not in parts.values(), student


def test_marks_are_those_deserved(scores, due):
    for student, deserved in due.items():
        for part, score in scores[student].items():
            if deserved.less and part.startswith(deserved.less):
                assert score < MARKS[part], (student, part)
            else:
                full = part.startswith(deserved.full) if deserved.full else False
                assert score == (MARKS[part] if full else 0), (student, part)


def test_submissions_that_need_a_look_are_listed_last(autograded):
    assert autograded.status != 0
    last = "\n".join(autograded.output.splitlines()[-20:])
    for student in ("truncated", "missing", "renamed", "linked", "exits"):
        assert f"{student} needs a look" in last
    assert "solutions needs a look" not in last
    assert "byte_order_mark needs a look" not in last
    assert "Traceback" not in autograded.output


def test_reports_say_what_pytest_says(graded):
    path = graded / "autograded" / "assigned" / "core" / "ex02_convolutional.ipynb"
    text = path.read_text("utf-8")
    assert "This looks like" in text
    assert "image/png" in text
    assert re.search(r"ex02/backward, Convolutional.backward: \d of 12 marks", text)


def test_errors_are_shown_in_cells(graded):
    text = (graded / "autograded" / "exits" / "core" / "ex03_reshape.ipynb").read_text("utf-8")
    assert "the process that ran your code is gone: it exited with status 0" in text


def test_the_same_marks_as_in_this_process(scores, grade):
    parts = grade(ROOT / "solutions", seed=SECRET_SEED)
    here = {id: part["score"] for id, part in parts.items() if id in MARKS}
    assert len(here) > 20
    assert {id: scores["solutions"][id] for id in here} == here


def test_feedback_shows_report_and_no_secret(nbgrader, graded):
    done = nbgrader("generate_feedback", "core", "--CourseDirectory.student_id=stubs")
    assert done.status == 0, done.output
    pages = set((graded / "feedback" / "stubs").rglob("*.html"))
    pages.remove(graded / "feedback" / "stubs" / "core" / "index.html")
    assert len(pages) == len(list((graded / "source" / "core").glob("*.ipynb")))
    solutions = solution_lines()
    for page in pages:
        text = page.read_text("utf-8")
        assert "not written yet" in text or "waits for" in text or "milestones" in page.name
        assert not [line for line in solutions if line in text]


def test_the_secret_seed_is_nowhere(graded):
    folders = [graded / name for name in ("release", "autograded", "feedback")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 100
    for path in files:
        assert str(SECRET_SEED).encode() not in path.read_bytes(), path


def test_release_holds_no_solution(graded):
    solutions = solution_lines()
    for path in (graded / "release").rglob("*"):
        if path.is_file() and path.name not in PROVIDED:
            text = path.read_text("utf-8")
            assert not [
                line for line in solutions if line in text or json.dumps(line)[1:-1] in text
            ]
            assert "hints" not in text


def solution_lines():
    """Return the lines that would give a solution away."""
    from grader.authoring.exercise_stubs import solution_lines as lines_of

    texts = (path.read_text("utf-8") for path in sorted((ROOT / "solutions").glob("ex*.py")))
    lines = (line.strip() for text in texts for line in lines_of(text).values())
    return {line for line in lines if len(line) >= 30}


def test_export_lists_all(scores, nbgrader, tmp_path):
    target = tmp_path / "grades.csv"
    done = nbgrader("export", "--to", str(target))
    assert done.status == 0, done.output
    rows = list(csv.DictReader(target.open()))
    assert {row["student_id"]: float(row["score"]) for row in rows} == {
        student: sum(parts.values()) for student, parts in scores.items()
    }


def test_manual_marks_survive_regrading(scores, nbgrader, graded):
    with Gradebook(f"sqlite:///{graded}/gradebook.db", "cnn") as book:
        grade = book.find_grade("ex03-forward", "ex03_reshape", "core", "stubs")
        grade.manual_score = 1.5
        book.db.commit()
    done = nbgrader("autograde", "core", "--student", "stubs", "--force")
    assert done.status == 0, done.output
    with Gradebook(f"sqlite:///{graded}/gradebook.db", "cnn") as book:
        grade = book.find_grade("ex03-forward", "ex03_reshape", "core", "stubs")
        assert (grade.manual_score, grade.auto_score, grade.score) == (1.5, 0, 1.5)


def test_without_bubblewrap_nothing_is_graded(nbgrader, tmp_path):
    import os
    import shutil

    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("nbgrader", "python", "alembic"):
        (programs / name).symlink_to(shutil.which(name))
    done = nbgrader("autograde", "core", "--student", "stubs", "--force", PATH=str(programs))
    assert done.status != 0
    assert "apt install bubblewrap" in done.output
    assert os.environ["PATH"] != str(programs)


def test_modules_of_a_submission_are_as_the_grader_loads_them(graded, tmp_path):
    from grader.nbgrader_stage.batch import Batch

    batch = Batch(graded, unsafe=False, limits=[])
    for name, content in batch.submitted("core", "solutions").files().items():
        (tmp_path / name).write_bytes(content)
    assert LocalSubmission(tmp_path).load("ex03_reshape").target.Reshape
