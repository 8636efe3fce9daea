"""`pytest grader` behaves as pytest's users expect, and bad input gets one clear sentence."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.conftest import WITH_PLUGINS, environment, grader_run

UNIT = ("-k", "not milestones")


@pytest.fixture(scope="module")
def spoiled(solutions, tmp_path_factory):
    """A submission with one mistake in exercise 2 and a stub in exercise 3."""
    copy = tmp_path_factory.mktemp("spoiled") / "copy"
    shutil.copytree(solutions, copy, ignore=shutil.ignore_patterns("__pycache__"))
    path = copy / "ex02_convolutional.py"
    text = path.read_text("utf-8")
    path.write_text(text.replace("convolve2d(gradient", "correlate2d(gradient"), "utf-8")
    path = copy / "ex03_reshape.py"
    text = path.read_text("utf-8")
    stub = "raise NotImplementedError"
    path.write_text(text.replace("return np.reshape(input, self.output_shape)", stub), "utf-8")
    return copy


@pytest.fixture(scope="module")
def graded(spoiled, tmp_path_factory):
    """What comes of grading that submission's exercises."""
    return grader_run(tmp_path_factory.mktemp("graded"), "--submission", spoiled, *UNIT)


def test_selection_by_word(run_grader, solutions):
    run = run_grader("--submission", solutions, "-k", "convolutional")
    assert [part["id"] for part in run.results["parts"]] == ["ex02/forward", "ex02/backward"]
    assert (run.status, run.results["score"], run.results["max_score"]) == (0, 18, 18)


def test_one_file_and_one_test(run_grader, solutions):
    run = run_grader("grader/test_ex03_reshape.py", "--submission", solutions)
    assert run.status == 0


def test_stops_at_the_first_failure_not_at_the_first_stub(run_grader, spoiled):
    run = run_grader("--submission", spoiled, *UNIT, "-x")
    assert "stopping after 1 failures" in run.output
    assert run.results["parts"][-1]["id"] == "ex02/backward"
    assert run.status == 1


def test_results_are_the_same_byte_for_byte(run_grader, spoiled, graded):
    documents = []
    again = run_grader("--submission", spoiled, *UNIT, env=WITH_PLUGINS)
    parallel = run_grader("--submission", spoiled, *UNIT, "-n", "2", env=WITH_PLUGINS)
    for run in (graded, again, parallel):
        documents.append(re.sub(r'"seconds": [\d.e-]+', "", json.dumps(run.results)))
        assert run.status == 1
        assert " at 0x" not in run.output
    assert documents[0] == documents[1] == documents[2]


def test_results_follow_the_schema(graded):
    results = graded.results
    assert results["schema_version"] == 2
    assert results["score"] == sum(part["score"] for part in results["parts"])
    parts = {part["id"]: part for part in results["parts"]}
    assert parts["ex02/backward"]["status"] == "failed"
    assert parts["ex03/forward"]["status"] == "not_started"
    wrong = [c for c in parts["ex02/backward"]["checks"] if c["status"] == "failed"]
    assert all(check["marks"] == 0 and check["message"] for check in wrong)
    assert {check["location"]["file"] for check in wrong} == {"ex02_convolutional.py"}
    known = "full correlation in place of full convolution"
    assert {check["misconception"]["name"] for check in wrong} == {known}


def test_the_table_says_where_to_go_on(graded, spoiled):
    output = graded.output
    line = (spoiled / "ex03_reshape.py").read_text("utf-8").split("\n")
    stub = next(number for number, text in enumerate(line, 1) if "NotImplementedError" in text)
    assert f"ex03_reshape.py:{stub} write Reshape.forward" in " ".join(output.split())


def test_only_the_students_own_frames_are_shown(run_grader, copy):
    path = copy / "ex04_dense.py"
    text = path.read_text("utf-8").replace("self.weights @ input ", "self.weights @ inputs ")
    path.write_text(text, "utf-8")
    output = run_grader("--submission", copy, "-k", "dense").output
    assert "NameError: name 'inputs' is not defined" in output
    assert "ex04_dense.py:" in output
    for frame in ("checking/", "sandbox/", "item.py", "test_ex04_dense.py:"):
        assert frame not in output.partition("FAILURES")[2]


def test_debugger_opens_in_the_students_code(run_grader, copy):
    path = copy / "ex04_dense.py"
    text = path.read_text("utf-8").replace("self.weights @ input ", "self.weights @ inputs ")
    path.write_text(text, "utf-8")
    output = run_grader("--submission", copy, "-k", "dense", "--pdb").output
    assert "-> self.output = self.weights @ inputs + self.bias" in output


def test_the_seed_changes_the_inputs_and_nothing_else(run_grader, solutions, spoiled):
    messages = set()
    for seed in (0, 1):
        results = run_grader("--submission", spoiled, "-k", "convolutional", "--seed", seed).results
        assert (results["seed"], results["score"]) == (seed, 14)
        messages.add(results["parts"][1]["checks"][1]["message"])
    assert len(messages) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--submission", "nowhere"], "--submission: there is no folder nowhere"),
        (["--submission", "README.md"], "--submission: there is no folder README.md"),
        (["--seed", "-1"], "--seed: expected a whole number of at least 0"),
        (["--seed", "x"], "invalid int value"),
    ],
)
def test_bad_arguments(run_grader, arguments, sentence):
    run = run_grader(*arguments)
    assert run.status == 4
    assert sentence in run.output
    assert "Traceback" not in run.output


def test_results_in_a_folder_that_does_not_exist(run_grader, tmp_path):
    run = run_grader("--results", tmp_path / "no" / "r.json")
    assert run.status == 4
    assert "--results: there is no folder" in run.output


@pytest.mark.skipif(os.name == "nt", reason="Windows has no /dev/stderr")
def test_results_may_go_to_a_pipe(run_grader, solutions):
    arguments = ("--submission", solutions, "-k", "reshape", "--results", "/dev/stderr")
    assert '"score": 4,' in run_grader(*arguments).output


def test_results_that_cannot_be_written(run_grader, solutions):
    run = run_grader("--submission", solutions, "-k", "reshape", "--results", "/dev/full/r.json")
    assert run.status == 4
    assert run.results is None


def test_an_empty_folder_is_graded(run_grader, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    run = run_grader("--submission", folder)
    assert (run.status, run.results["score"]) == (1, 0)
    assert "ex01_correlate.py is missing" in run.output
    assert "Traceback" not in run.output


def test_grading_writes_nothing_into_the_submission(run_grader, solutions, tmp_path):
    folder = shutil.copytree(solutions, tmp_path / "s", ignore=shutil.ignore_patterns("__pyc*"))
    before = sorted(path.name for path in folder.iterdir())
    run_grader("--submission", folder, "-k", "reshape")
    after = sorted(path.name for path in folder.iterdir() if path.name != "__pycache__")
    assert before == after


@pytest.mark.parametrize("place", ["exercises", "docs"])
def test_from_another_folder_the_exercises_are_found(root, place):
    command = [sys.executable, "-m", "pytest", "../grader", "-k", "reshape"]
    env = environment({"COLUMNS": None})
    done = subprocess.run(
        command, cwd=root / place, env=env, capture_output=True, text=True, check=False
    )
    folder = {"exercises": "", "docs": "../exercises/"}[place]
    assert f" {folder}ex03_reshape.py:" in done.stdout
    assert done.returncode == 1
