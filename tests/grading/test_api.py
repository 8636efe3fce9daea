"""A job goes in, results come out: for folders and files, here and in a sandbox."""

import pickle
import threading
from pathlib import Path

import pytest

from datasets import DatasetError
from grader.api import Digits, GradingSession, Job, SessionError, Where, grade, iter_checks
from grader.grading.session import loader
from grader.runtime.time_limit import NotInMainThread, limit
from grader.status import ErrorCode, Status
from tests.sandbox.conftest import needs_bubblewrap

WRONG = """
class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        print("going forward")
        return input.reshape(self.output_shape)

    def backward(self, output_gradient, learning_rate):
        raise ValueError("no way back")
"""
FILES = {"ex03_reshape.py": WRONG.encode()}
EVERYWHERE = [Where.HERE, Where.UNSAFE, pytest.param(Where.SANDBOXED, marks=needs_bubblewrap)]


@pytest.mark.parametrize("where", EVERYWHERE)
def test_results_hold_what_views_need(where):
    results = grade(Job(FILES, ("ex03",), where=where, name="ada"))
    assert (results.submission, results.where, results.seed) == ("ada", where, 0)
    assert (results.score, results.max_score) == (2, 4)
    forward, backward = results.parts
    assert (forward.status, backward.status) == (Status.PASSED, Status.ERROR)
    assert "going forward" in forward.printed
    check = backward.checks[0]
    assert check.code is ErrorCode.EXCEPTION
    assert check.call.startswith("Reshape(")
    assert (check.error.kind, check.error.text) == ("ValueError", "no way back")
    frame = check.error.frames[-1]
    assert (frame.location, frame.function) == (check.location, "backward")
    assert frame.source == 'raise ValueError("no way back")'
    assert "in backward: ValueError: no way back" in check.message()


@pytest.mark.parametrize("where", EVERYWHERE)
def test_a_folder_is_graded_as_its_files_are(where, tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    of_folder = grade(Job(tmp_path, ("ex03/forward",), where=where))
    of_files = grade(Job(FILES, ("ex03/forward",), where=where))
    assert of_folder.parts == of_files.parts
    assert of_folder.submission == tmp_path.name


def test_control_characters_are_made_visible():
    code = WRONG.replace("going forward", "\\x1b[2J")
    results = grade(Job({"ex03_reshape.py": code.encode()}, ("ex03",), name="a\x1b[31mda"))
    assert results.submission == r"a\x1b[31mda"
    assert r"\x1b[2J" in results.parts[0].printed
    assert "\x1b" not in results.parts[0].printed


def test_one_session_grades_one_job_after_another():
    with GradingSession() as session:
        first = session.grade(Job(FILES, ("ex03",)))
        nothing = session.grade(Job({}, ("ex03",)))
        again = session.grade(Job(FILES, ("ex03",)))
    assert first.parts == again.parts
    assert {check.code for part in nothing.parts for check in part.checks} == {
        ErrorCode.IMPORT_FAILED
    }


def test_each_check_comes_as_soon_as_it_is_known(solutions):
    checks = iter_checks(Job(solutions, ("ex03", "milestones"), digits=Digits.SMALL))
    assert next(checks).id == "ex03/forward/values"
    checks.close()
    with GradingSession():  # the one before is closed
        pass


def test_jobs_and_results_are_plain_data(tmp_path):
    job = Job(FILES, ("ex03",), secrets=(tmp_path,))
    assert pickle.loads(pickle.dumps(job)) == job
    results = grade(job)
    assert pickle.loads(pickle.dumps(results)) == results


def test_a_part_that_does_not_exist_is_said():
    with pytest.raises(ValueError, match="there is no part or exercise 'ex99'"):
        grade(Job(FILES, ("ex03", "ex99")))
    with GradingSession():
        pass


def test_there_is_one_session_at_a_time():
    with GradingSession(), pytest.raises(SessionError, match="already grading"):
        GradingSession()


def off_the_main_thread(act):
    """Return what a function raises in another thread."""
    raised = []

    def run():
        try:
            act()
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return raised[0] if raised else None


def test_grading_off_the_main_thread_is_an_error_and_no_limit_that_does_nothing():
    assert isinstance(off_the_main_thread(lambda: grade(Job(FILES))), SessionError)

    def limited():
        with limit.at_most(0.5):
            pass

    assert isinstance(off_the_main_thread(limited), NotInMainThread)


@pytest.mark.parametrize("where", EVERYWHERE)
def test_code_finds_the_files_beside_it(where):
    """A relative path starts in the submission's folder: while it is imported, and in each check."""
    reading = "\nassert open('{}').read() == 'order'\n"
    code = reading.format("data/order.txt") + WRONG.replace(
        'print("going forward")', f"{reading.format('notes.txt').strip()}"
    )
    files = {
        "ex03_reshape.py": code.encode(),
        "data/order.txt": b"order",
        "notes.txt": b"order",
    }
    before = Path.cwd()
    forward = grade(Job(files, ("ex03",), where=where)).parts[0]
    assert forward.status is Status.PASSED, forward.checks[0].message()
    assert Path.cwd() == before


def test_a_relative_folder_of_mnist_is_relative_to_where_the_run_began(monkeypatch, tmp_path):
    """The check that loads it runs in another folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "images").mkdir()
    monkeypatch.setenv("MNIST_DIR", "images")
    loader.cache_clear()
    load = loader(Digits.ON_THIS_MACHINE)
    monkeypatch.chdir("/")
    with pytest.raises(DatasetError) as empty:
        load()
    assert "does not exist" not in str(empty.value)
    loader.cache_clear()
