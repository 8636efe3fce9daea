"""Wherever nbgrader is started: either our stage grades, or nothing does."""

from __future__ import annotations

import shutil

import pytest

from tests.nbgrader_stage.conftest import ROOT, run_nbgrader
from tests.nbgrader_stage.gradebook import marks_in
from tests.nbgrader_stage.handed_in import GIVES_ITSELF_MARKS, Due, Handed, attacking, edit
from tests.sandbox.conftest import needs_bubblewrap

pytestmark = needs_bubblewrap
SETTINGS = "nbgrader_config.py"


@pytest.fixture
def forged(with_release, tmp_path):
    """A course with one submission, which gives itself marks wherever its own `grade` is called."""
    course = shutil.copytree(with_release, tmp_path / "course")
    edit(Handed(course).folder("ada", Due(())), "ex03", attacking(GIVES_ITSELF_MARKS))
    for path in (course / "submitted" / "ada" / "core").glob("ex0[4-9]*"):
        path.unlink()
    return course


@pytest.fixture
def autograde(forged, tmp_path):
    """Run `nbgrader autograde core` in a folder, without a word about where the course is."""

    def run(cwd, *words, **variables):
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        variables = {"GRADER_COURSE": ""} | variables
        return run_nbgrader(forged, home, "autograde", "core", *words, cwd=cwd, **variables)

    return run


def given(course):
    """Return the sum of a student's marks; None if there are none."""
    marks = marks_in(course).get("ada", {})
    known = [mark for mark in marks.values() if mark is not None]
    return sum(known) if known else None


def test_in_the_course_s_folder_our_stage_grades(forged, autograde):
    autograde(forged)
    assert given(forged) == 0
    assert (forged / "autograded" / "ada" / "core" / "results.json").exists()


def test_with_the_course_s_folder_as_an_option_our_stage_grades(forged, autograde, tmp_path):
    autograde(tmp_path, f"--course-dir={forged}")
    assert given(forged) == 0
    assert (forged / "autograded" / "ada" / "core" / "results.json").exists()


@pytest.mark.parametrize("folder", ["submitted", "submitted/ada/core"])
def test_in_a_folder_of_the_course_nothing_is_graded(forged, autograde, folder):
    done = autograde(forged / folder)
    assert done.status != 0
    assert given(forged) is None
    assert not (forged / "autograded").exists()


@pytest.mark.parametrize("words", [(), ("--no-execute",)])
def test_without_our_settings_nothing_is_graded(forged, autograde, words):
    (forged / SETTINGS).unlink()
    done = autograde(forged, *words)
    assert done.status == 1
    assert not given(
        forged
    )  # nbgrader gives 0 for what was not handed in before it looks at the rest
    assert not (forged / "autograded" / "ada" / "core").exists()


def test_settings_with_an_error_end_the_command(forged, autograde):
    (forged / SETTINGS).write_text((forged / SETTINGS).read_text() + "\n1 / 0\n", "utf-8")
    done = autograde(forged)
    assert done.status == 1
    assert "No submission was graded: nbgrader_config.py has an error" in done.output
    assert given(forged) is None


def test_settings_of_another_course_do_not_count(forged, autograde, tmp_path):
    (forged / SETTINGS).unlink()
    done = autograde(ROOT, f"--course-dir={forged}", GRADER_COURSE=str(tmp_path))
    assert done.status == 1
    assert f"{forged} is not the course of these settings" in done.output
    assert given(forged) is None
