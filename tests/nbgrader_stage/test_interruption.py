"""Whatever ends a batch, and wherever: the same command, run again, gives the same marks."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from grader.nbgrader_stage import finished
from grader.nbgrader_stage.interruption import Interrupted, interruptible, stop_if_interrupted
from tests.conftest import THOROUGH
from tests.nbgrader_stage.conftest import ROOT, SECRET_SEED, run_nbgrader, write_course
from tests.nbgrader_stage.gradebook import marks_in
from tests.nbgrader_stage.killed import STAGES, STUDENT

EXERCISES = ("ex03", "ex07")
POLITE = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
SOME = {
    ("old results removed", signal.SIGHUP),
    ("first marks saved", signal.SIGINT),
    ("last notebook written", signal.SIGTERM),
}
CASES = [
    (stage, number)
    for stage in STAGES
    for number in (signal.SIGKILL, *POLITE)
    if THOROUGH or number == signal.SIGKILL or (stage, number) in SOME
]
UNSAFE = {"GRADER_UNSAFE": "1"}  # faster, and where code runs makes no difference here


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A course of two exercises and two students, whose stubs are graded; then one hands in again."""
    course = write_course(tmp_path_factory.mktemp("small") / "course")
    for path in (course / "source" / "core").glob("*.ipynb"):
        if not path.name.startswith(EXERCISES):
            path.unlink()
    run = partial(run_nbgrader, course, tmp_path_factory.mktemp("home"), **UNSAFE)
    assert run("generate_assignment", "core").status == 0
    for student in ("ada", STUDENT):
        shutil.copytree(course / "release" / "core", course / "submitted" / student / "core")
    assert run("autograde", "core").status == 0
    shutil.copytree(
        course / "source" / "core", course / "submitted" / STUDENT / "core", dirs_exist_ok=True
    )
    return course


@pytest.fixture(scope="module")
def undisturbed(small, tmp_path_factory):
    """The marks of a run that nothing disturbs."""
    course = shutil.copytree(small, tmp_path_factory.mktemp("undisturbed") / "course")
    done = run_nbgrader(course, tmp_path_factory.mktemp("home"), "autograde", "core", **UNSAFE)
    assert done.status == 0, done.output
    assert "ada is unchanged since it was graded" in done.output
    marks = marks_in(course)
    assert set(marks["ada"].values()) == {0.0}
    assert min(marks[STUDENT].values()) > 0, "it was handed in again, and not graded"
    return marks


@pytest.fixture(scope="module")
def runs(small):
    """How each run ended that was killed, and the one after it."""
    env = os.environ | UNSAFE | {"GRADER_SEED": str(SECRET_SEED)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.nbgrader_stage.killed", small],
        cwd=ROOT,
        env=env,
        input=json.dumps(CASES),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(CASES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case[0]}-{signal.Signals(case[1]).name}"
)
def test_a_killed_batch_is_completed_by_the_next_run(runs, undisturbed, case):
    course, killed, again = runs[case]
    course = Path(course)
    stage, number = case
    log = (course / "killed.log").read_text("utf-8")
    if number == signal.SIGKILL:
        assert killed == -number
    else:
        assert killed == 128 + number, log
        assert f"Grading was interrupted ({signal.Signals(number).name})." in log
        assert "Traceback" not in log
        if stage != "marker written":
            assert not finished.is_finished(course / "autograded" / STUDENT / "core", "")
    assert again == 0, (course / "again.log").read_text("utf-8")
    assert marks_in(course) == undisturbed
    third = finished.fingerprint(course / "submitted" / STUDENT / "core")
    assert finished.is_finished(course / "autograded" / STUDENT / "core", third)


def test_a_signal_that_is_ignored_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interruptible():
            os.kill(os.getpid(), signal.SIGHUP)
            stop_if_interrupted()
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_signal_whose_exception_was_lost_is_remembered():
    with interruptible():
        with pytest.raises(Interrupted):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)  # a second one does not disturb the cleaning up
        with pytest.raises(Interrupted):
            stop_if_interrupted()


def test_what_a_submission_holds_decides_not_when_it_was_written(tmp_path):
    (tmp_path / "a.py").write_text("x = 1")
    first = finished.fingerprint(tmp_path)
    os.utime(tmp_path / "a.py", (1, 1))
    assert finished.fingerprint(tmp_path) == first
    (tmp_path / "a.py").write_text("x = 2")
    second = finished.fingerprint(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, finished.fingerprint(tmp_path)}) == 3
