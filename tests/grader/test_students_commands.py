"""What students type works, also where it is not quite what the README says."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.pytest_plugin.exercise_names import keyword_for
from grader.results import PartResult, Results
from grader.status import Status
from grader.views.cheer import cheer
from tests.conftest import ROOT, environment

EVERY_FILE = len(list((ROOT / "grader").glob("test_*.py")))


def run(*words, cwd=ROOT):
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=cwd,
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("word", ["losses", "ex06", "ex6", "ex06_losses"])
def test_a_keyword_selects_one_exercise(word):
    assert keyword_for(word) == "test_ex06_losses"
    lines = run("pytest", "grader", "--collect-only", "-q", "-k", word).splitlines()
    files = {line.partition("::")[0] for line in lines if "::" in line}
    assert files == {"grader/test_ex06_losses.py"}


@pytest.mark.parametrize("word", ["", "los", "losses or dense", "not losses", "forward"])
def test_other_keywords_are_pytests_own(word):
    assert keyword_for(word) == word


@pytest.mark.parametrize(
    ("words", "folder", "files"),
    [
        (["exercises/ex07_softmax.py"], ".", 1),
        (["ex07_softmax.py"], "exercises", 1),
        ([], "exercises", EVERY_FILE),
        (["exercises"], ".", EVERY_FILE),
        (["grader", "exercises/ex07_softmax.py"], ".", EVERY_FILE),
    ],
)
def test_pytest_takes_an_exercises_file_for_its_checks(words, folder, files):
    command = ("pytest", "--collect-only", "-q", *words)
    lines = run(*command, cwd=ROOT / folder).splitlines()
    assert len({Path(line.partition("::")[0]).name for line in lines if "::" in line}) == files


@pytest.mark.parametrize("name", ["ex07", "ex7", "softmax", "ex07_softmax", "softmax/forward"])
def test_hints_know_an_exercise_by_its_names(name, stubs):
    text = run("grader", "hint", name, "--submission", str(stubs))
    assert text.startswith("ex07/forward, hint 1 of 3")


@pytest.fixture
def stubs(tmp_path):
    """A folder with one exercise that is not started."""
    for name in ("ex07_softmax.py", "layer.py"):
        (tmp_path / name).write_bytes((ROOT / "exercises" / name).read_bytes())
    return tmp_path


def praise(scores, before):
    parts = tuple(
        PartResult(f"{name}/all", name, name, score, 2, Status.PASSED, ())
        for name, score in zip(("ex01", "ex02", "ex03"), scores, strict=False)
    )
    results = Results("x", 0, "here", sum(scores), 2 * len(scores), 0.0, parts)
    return cheer(results, before, total=6)


@pytest.mark.parametrize(
    ("scores", "before", "words"),
    [
        ((1, 0, 0), [], ""),
        ((2, 0, 0), [], "Well done: ex01 is complete."),
        ((2, 0, 0), ["ex01"], ""),
        ((2, 2, 0), [], "Well done: ex01 and ex02 are complete."),
        ((2, 2), ["ex01"], "Well done: ex02 is complete."),
        ((2, 2, 2), ["ex01"], "All 6 marks!"),
        ((2, 2, 2), ["ex01", "ex02", "ex03"], ""),
    ],
)
def test_what_is_newly_complete_is_praised_once(scores, before, words):
    assert praise(scores, before).startswith(words)
    assert bool(praise(scores, before)) == bool(words)


def test_code_of_others_without_a_sandbox_is_said(run_grader, copy):
    words = "for code that is not your own, use --sandbox"
    assert words in run_grader("--submission", copy, "-k", "reshape").output
    assert words not in run_grader("--submission", ROOT / "solutions", "-k", "reshape").output
    assert words not in run_grader("-k", "reshape").output
