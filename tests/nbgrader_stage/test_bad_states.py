"""An error that stops a whole batch is reported in one sentence, and costs nobody any marks."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import OperationalError
from traitlets.config import Config

from grader.checking.course import all_parts
from grader.common.printable import printable
from grader.nbgrader_stage import batch as batches
from grader.nbgrader_stage import full_disk, preflight
from grader.nbgrader_stage.config import configure
from grader.nbgrader_stage.needs_a_look import FILE
from grader.sandbox.jail import SandboxUnavailable
from tests.nbgrader_stage.conftest import ROOT
from tests.nbgrader_stage.handed_in import SOME, Due, Handed
from tests.sandbox.conftest import needs_bubblewrap

pytestmark = needs_bubblewrap
STUDENTS = ("ada", "ben")


@pytest.fixture(scope="module")
def graded(released, nbgrader):
    """Grade two submissions."""
    handed = Handed(released)
    for student in STUDENTS:
        handed.folder(student, Due(()))
    done = nbgrader("autograde", "core")
    assert done.status == 0, done.output
    return released


@pytest.fixture
def autograde(released, monkeypatch):
    """Regrade one student's submission the way formgrader does; return its success and log."""
    monkeypatch.setenv("GRADER_COURSE", str(released))

    def run(student="ada", assignment="core", **variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        config = Config()
        configure(config, ROOT)
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        done = api.autograde(assignment, student)
        return done["success"], done.get("log", "")

    return run


def results(course):
    """Return the time at which each submission's results were written."""
    return {path: path.stat().st_mtime_ns for path in course.glob("autograded/*/core/results.json")}


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"GRADER_SEED": "abc"}, "the secret seed in GRADER_SEED is not a whole number"),
        ({"GRADER_LIMITS": "nonsense"}, "GRADER_LIMITS: 'nonsense' is not a valid limit"),
        ({"GRADER_LIMITS": "memory=1"}, "with GRADER_LIMITS=memory=1"),
        ({"student": "nobody"}, "nothing was submitted"),
        ({"assignment": "kore"}, "has no assignment 'kore'; there is advanced, core"),
    ],
)
def test_an_error_is_reported_before_anything_is_changed(graded, autograde, variables, reason):
    before = results(graded)
    success, log = autograde(**variables)
    assert not success
    assert log.count("\n") == 1
    assert re.search(f"No submission was graded: .*{reason}", log)
    assert results(graded) == before
    assert len(before) == len(STUDENTS)


def test_the_command_fails_as_well(graded, nbgrader):
    before = results(graded)
    done = nbgrader("autograde", "core", "--force", GRADER_LIMITS="nonsense")
    assert done.status == 1
    assert done.output.count("\n") == 1
    assert results(graded) == before


def test_a_full_disk_stops_the_batch_and_takes_nobody_s_marks(graded, autograde, monkeypatch):
    def write(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(batches.results_file, "write", write)
        success, log = autograde("*")
    assert not success
    assert log.splitlines()[-1].endswith("Fix that, then run the same command again.")
    assert "Grading stopped at ada: [Errno 28] No space left on device" in log
    assert "Traceback" not in log
    assert [path.parts[-3] for path in results(graded)] == ["ben"]
    assert autograde("ada")[0]
    assert len(results(graded)) == len(STUDENTS)


def test_a_sandbox_that_is_lost_costs_no_marks(graded, autograde, monkeypatch, nbgrader):
    def lost(*_):
        raise SandboxUnavailable("the process for student code cannot be started: no memory")

    solved = Handed(graded).folder("cem", SOME)
    assert autograde("cem")[0]
    marks = score(graded, "cem")
    assert marks > 0
    with monkeypatch.context() as patch:
        patch.setattr("grader.checking.check_run.CheckRun.call", lost)
        success, log = autograde("cem")
    assert not success
    assert "cem needs a look: it was not graded: the process for student code" in log
    assert score(graded, "cem") == marks
    shutil.rmtree(solved.parent)


def score(course, student):
    """Return a student's marks in the gradebook."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "cnn") as book:
        return book.find_submission("core", student).score


def test_only_the_folder_that_cannot_be_completed_is_left_out(graded, autograde, monkeypatch):
    def complete(folder, sources):
        if folder.parent.name == "ada":
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return []

    monkeypatch.setattr("grader.nbgrader_stage.autograde.add_missing_notebooks", complete)
    before = results(graded)
    success, log = autograde("*")
    assert not success
    assert "ada needs a look: it was not graded: [Errno 13] Permission denied" in log
    after = results(graded)
    assert {path.parts[-3] for path in after if after[path] != before[path]} == {"ben"}


def test_a_student_whose_name_is_html_is_not_graded(graded, autograde):
    folder = Handed(graded).folder("<img src=x onerror=alert(1)>", Due(()))
    success, log = autograde("<img*")
    assert not success
    assert 'must not contain < > " \\ * ? [ or ]' in log
    shutil.rmtree(folder.parent)


@pytest.mark.parametrize("name", ["x[1]", "a*", os.fsdecode(b"caf\xe9")])
def test_a_name_that_nbgrader_cannot_handle_is_listed(graded, autograde, name):
    folder = Handed(graded).folder(name, SOME)
    before = results(graded)
    success, log = autograde("*")
    assert not success
    assert f"{printable(name)} needs a look: it was not graded: a student's name must be" in log
    assert {path.parts[-3] for path in results(graded)} == {path.parts[-3] for path in before}
    shutil.rmtree(folder.parent)


def test_odd_names_and_times_are_graded(graded, autograde):
    folder = Handed(graded).folder("odd", SOME)
    (folder / "timestamp.txt").write_bytes(b"\xff tomorrow")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("x", "utf-8")
    (folder / "ex03_reshape.ipynb").rename(folder / "EX03_reshape.IPYNB")
    success, log = autograde("odd")
    assert success
    assert score(graded, "odd") == sum(p.marks for p in all_parts() if p.id.startswith(SOME.full))
    assert "timestamp.txt is not a time (UnicodeDecodeError)" in log
    assert "was not in UTF-8; it was changed" in log
    assert "not handed in" not in log
    shutil.rmtree(folder.parent)


def test_the_list_of_those_that_need_a_look_is_kept(graded, nbgrader):
    folder = Handed(graded).folder("dee", Due(()))
    (folder / "ex03_reshape.ipynb").write_bytes(b"{")
    problem = (
        "dee needs a look: ex03_reshape.ipynb cannot be read as a notebook: its JSON is broken"
    )
    last = f"Submissions that need a look: 1. They are listed in {graded / FILE}."
    for _ in range(2):  # the second run grades nobody, and must not forget
        done = nbgrader("autograde", "core")
        assert done.status == 1
        assert problem in done.output
        assert done.output.splitlines()[-1].endswith(last)
    assert json.loads((graded / FILE).read_text())["core"].keys() == {"dee"}
    shutil.copy(graded / "release" / "core" / "ex03_reshape.ipynb", folder)
    done = nbgrader("autograde", "core")
    assert done.status == 0, done.output
    assert not json.loads((graded / FILE).read_text())["core"]
    shutil.rmtree(folder.parent)


def test_pages_that_a_browser_would_run_are_not_served(graded, autograde):
    handed_in = graded / "submitted" / "ben" / "core"
    for name in ("page.html", "picture.svg", "helpers.py", "picture.png", "page"):
        (handed_in / name).write_text("<script>steal()</script>", "utf-8")
    assert autograde("ben")[0]
    served = {path.name for path in (graded / "autograded" / "ben" / "core").iterdir()}
    assert {"helpers.py", "picture.png"} <= served
    assert not {"page.html", "picture.svg", "page"} & served


def test_a_course_that_is_not_there(tmp_path):
    with pytest.raises(preflight.PreflightFailed, match="run `python -m grader build`"):
        preflight.check_folders(tmp_path / "nowhere", "core")


def test_a_course_that_cannot_be_written_to(graded, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, _: path.name != "autograded")
    with pytest.raises(preflight.PreflightFailed, match="autograded cannot be written to"):
        preflight.check_folders(graded, "core")


def test_notebooks_and_gradebook_must_have_the_marks_of_the_checks(graded, tmp_path):
    batch = batches.Batch(graded, unsafe=False, limits=[])
    notebooks = batch.sources("core")
    url = f"sqlite:///{graded}/gradebook.db"
    preflight.check_notebooks(notebooks, "core")
    preflight.check_gradebook(url, "cnn", "core", notebooks)
    cell = next(c for c in notebooks["ex03_reshape"].cells if preflight.is_graded(c))
    cell.metadata.nbgrader.points += 1
    with pytest.raises(preflight.PreflightFailed, match="the notebooks are out of date"):
        preflight.check_notebooks(notebooks, "core")
    with pytest.raises(
        preflight.PreflightFailed,
        match=r"the marks in the gradebook differ.*generate_assignment core --force",
    ):
        preflight.check_gradebook(url, "cnn", "core", notebooks)
    with pytest.raises(
        preflight.PreflightFailed, match="has no core; run `nbgrader generate_assignment core`"
    ):
        preflight.check_gradebook(f"sqlite:///{tmp_path}/new.db", "cnn", "core", notebooks)
    with pytest.raises(preflight.PreflightFailed, match="the gradebook cannot be opened"):
        preflight.check_gradebook(f"sqlite:///{tmp_path}/no/new.db", "cnn", "core", notebooks)


def test_a_gradebook_in_use_stops_the_batch():
    locked = OperationalError("insert", {}, Exception("database is locked"))
    said = "the gradebook: database is locked"
    with pytest.raises(full_disk.BatchStopped, match=said), full_disk.stopping("ada"):
        raise locked
    old = OperationalError("select", {}, Exception("no such column: extra_credit"))
    with pytest.raises(OperationalError), full_disk.stopping("ada"):
        raise old


def test_a_seed_is_created_once_and_is_readable_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("GRADER_SEED", raising=False)
    seeds = {batches.Batch(tmp_path, unsafe=False, limits=[]).seed for _ in range(2)}
    assert len(seeds) == 1
    assert (tmp_path / "secret-seed").stat().st_mode & 0o777 == 0o600
