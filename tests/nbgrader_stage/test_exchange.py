"""nbgrader's exchange between students and instructor, with its own commands on both sides."""

from __future__ import annotations

import csv
import os
import pwd
import re
import shutil

import pytest

from tests.nbgrader_stage.conftest import ROOT
from tests.sandbox.conftest import needs_bubblewrap

pytestmark = needs_bubblewrap
STUDENT = pwd.getpwuid(os.getuid()).pw_name
SOLVED = ("ex03_reshape", "ex05_activations")
MARKS = 4 + 9


@pytest.fixture(scope="module")
def instructor(nbgrader, tmp_path_factory):
    """Return a function that runs a command as the instructor; it must succeed."""
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)

    def run(*words, cwd=ROOT, **variables):
        done = nbgrader(*words, f"--Exchange.root={exchange}", cwd=cwd, **variables)
        assert done.status == 0, done.output
        return done.output

    return run


@pytest.fixture(scope="module")
def student(instructor, tmp_path_factory):
    """Return a function that runs a command as the student, in the student's own folder."""
    folder = tmp_path_factory.mktemp("student")

    def run(*words):
        return instructor(*words, "--course", "cnn", cwd=folder)

    run.folder = folder
    return run


@pytest.fixture(scope="module")
def fetched(released, instructor, student):
    """Return the student's folder with the fetched assignment, not yet solved."""
    instructor("release_assignment", "core")
    student("fetch_assignment", "core")
    return student.folder / "core"


def solve(course, folder):
    """Solve two exercises."""
    for name in SOLVED:
        shutil.copy(course / "source" / "core" / f"{name}.ipynb", folder)


@pytest.fixture
def penalty(tmp_path):
    """Return a folder with the late penalty from docs/instructors.md."""
    page = (ROOT / "docs" / "instructors.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(import math.*?)```", page, re.DOTALL)
    (tmp_path / "late.py").write_text(code, "utf-8")
    return tmp_path


def test_a_tenth_a_day(penalty, monkeypatch):
    monkeypatch.syspath_prepend(penalty)
    from late import TenthADay

    days = {0.1: 0.8, 1: 0.8, 1.1: 1.6, 11: 8.0}
    for late, lost in days.items():
        found = TenthADay().late_submission_penalty("ada", 8.0, 86_400 * late)
        assert found == pytest.approx(lost)


def test_validating_says_why_marks_are_missing(fetched, nbgrader, released):
    done = nbgrader("validate", "ex03_reshape.ipynb", cwd=fetched)
    assert "VALIDATION FAILED ON 2 CELL(S)" in done.output
    assert "ex03/forward, Reshape.forward: 0 of 2 marks" in done.output
    assert "not written yet" in done.output
    solve(released, fetched)
    done = nbgrader("validate", "ex03_reshape.ipynb", cwd=fetched)
    assert "Success! Your notebook passes all the tests." in done.output


def test_from_a_late_submission_to_feedback(released, fetched, instructor, student, penalty):
    solve(released, fetched)
    student("submit", "core")
    instructor("db", "assignment", "add", "core", "--duedate", "2001-01-01 18:00 UTC")
    instructor("collect", "core")
    plugin = "--AssignLatePenalties.plugin_class=late.TenthADay"
    instructor("autograde", "core", plugin, PYTHONPATH=str(penalty))
    instructor("export", "--to", str(penalty / "grades.csv"))
    (row,) = csv.DictReader((penalty / "grades.csv").open())
    assert row["student_id"] == STUDENT
    assert (float(row["raw_score"]), float(row["score"])) == (MARKS, 0)

    by_mail = released / "feedback" / "ada" / "core"
    by_mail.mkdir(parents=True)
    (by_mail / "ex03_reshape.html").write_text("handed in by mail", "utf-8")
    instructor("generate_feedback", "core")
    assert "ada did not submit through the exchange" in instructor("release_feedback", "core")
    student("fetch_feedback", "core")
    pages = list((fetched / "feedback").glob("*/*.html"))
    assert len(pages) == len(list(fetched.glob("*.ipynb")))
    (page,) = [page for page in pages if page.stem == "ex03_reshape"]
    text = page.read_text("utf-8")
    assert "ex03/forward, Reshape.forward: 2 of 2 marks" in text
    assert "All marks: 0 of 100" in text  # it was late
