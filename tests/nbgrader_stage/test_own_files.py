"""Helper packages and data files of a submission work in the sandbox as in the student's notebook."""

from __future__ import annotations

import pytest

from grader.api import GradingSession, Job, Where
from grader.nbgrader_stage import own_files
from tests.nbgrader_stage.conftest import ROOT
from tests.sandbox.conftest import needs_bubblewrap

EXERCISE = "ex03_reshape"
HEAD = b"""
from helpers.shapes import right
assert open("data.csv").read() == "1"
try:
    open("data.csv", "a")
except OSError:
    pass
else:
    right = None
"""


@pytest.fixture
def folder(tmp_path):
    """A submission with a helper package, data, and what does not belong to it."""
    for name, content in {
        "data.csv": b"1",
        "more/data.npy": b"2",
        "empty.txt": b"",
        "helpers/__init__.py": b"",
        "helpers/shapes.py": b"right = True",
        "helper.py": b"x = 1",
        f"{EXERCISE}.py": b"not the notebook's",
        f"{EXERCISE}.ipynb": b"{}",
        "timestamp.txt": b"2027-01-01",
        "__pycache__/helper.pyc": b"x",
        "feedback/page.html": b"x",
        ".hidden": b"x",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_what_belongs_to_a_submission(folder):
    found, left_out = own_files.own_files(folder, {EXERCISE})
    assert set(found) == {
        *("data.csv", "more/data.npy", "empty.txt", "helper.py"),
        *("helpers/__init__.py", "helpers/shapes.py"),
    }
    assert left_out == 0


def test_too_much_is_left_out_and_modules_come_first(folder, monkeypatch):
    monkeypatch.setattr(own_files, "MAX_FILES", 3)
    found, left_out = own_files.own_files(folder, {EXERCISE})
    assert set(found) == {"helper.py", "helpers/__init__.py", "helpers/shapes.py"}
    assert left_out == 3


@needs_bubblewrap
def test_code_in_the_sandbox_finds_them(folder):
    found, _ = own_files.own_files(folder, {EXERCISE})
    solved = (ROOT / "solutions" / f"{EXERCISE}.py").read_bytes()
    checked = HEAD + b"assert right\n" + solved
    with GradingSession() as session:
        job = Job(found | {f"{EXERCISE}.py": checked}, ("ex03",), where=Where.SANDBOXED)
        results = session.grade(job)
    assert [part.score for part in results.parts] == [part.max_score for part in results.parts]
