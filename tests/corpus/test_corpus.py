"""The corpus has submissions of every kind, and comparing notices whatever has changed."""

import sys
from copy import deepcopy
from pathlib import Path

import pytest

from tests.corpus.comparing import compare
from tests.corpus.graded import read_graded, write_graded
from tests.corpus.grading import Grader, grade
from tests.corpus.kinds import ATTACKS_LEFT_OUT, all_attacks, everything
from tests.corpus.manifest import read_manifest
from tests.corpus.records import check_records
from tests.corpus.writing import write_corpus

ROOT = Path(__file__).resolve().parents[2]
KINDS = ["solutions", "stubs", "alternatives", "misconceptions", "published", "subtle", "attacks"]
CHECK = {
    "part": "ex02/forward",
    "check": "values",
    "marks": 0,
    "max_marks": 3,
    "status": "failed",
    "misconception": "biases forgotten",
}
ID = "misconceptions/biases"


@pytest.fixture(scope="module")
def first_of_each_kind():
    found = {}
    for submission, arrange in everything():
        found.setdefault(submission.kind, (submission, arrange))
    return list(found.values())


@pytest.fixture
def results():
    return {
        "grader": "0",
        "submissions": {ID: {"seconds": 1.0, "problem": "", "checks": [dict(CHECK)]}},
    }


@pytest.fixture
def compared(tmp_path, results, capsys):
    """Compare the results with others, which have been changed; return the status and the last line."""

    def run(change):
        other = deepcopy(results)
        change(other["submissions"])
        write_graded(tmp_path / "one.json", results)
        write_graded(tmp_path / "other.json", other)
        status = compare(tmp_path / "one.json", tmp_path / "other.json")
        return status, capsys.readouterr().out.splitlines()[-1]

    return run


def test_every_kind_is_written(tmp_path, first_of_each_kind):
    write_corpus(tmp_path, first_of_each_kind)
    assert [submission.kind for submission in read_manifest(tmp_path)] == KINDS
    assert read_manifest(tmp_path) == [submission for submission, _ in first_of_each_kind]
    for submission, _ in first_of_each_kind:
        assert list((tmp_path / submission.id).glob("ex*.py")), submission.id
        assert submission.sandbox == (submission.kind == "attacks")


def test_names_are_unique_and_attacks_left_out_exist():
    ids = [submission.id for submission, _ in everything()]
    assert len(ids) == len(set(ids))
    assert {attack.name for attack in all_attacks()} >= set(ATTACKS_LEFT_OUT)


def test_a_misconception_is_named_once_graded_and_not_graded_again(
    tmp_path, first_of_each_kind, capsys
):
    chosen = [(s, arrange) for s, arrange in first_of_each_kind if s.kind == "misconceptions"]
    write_corpus(tmp_path, chosen)
    arguments = tmp_path, Grader(ROOT, sys.executable), tmp_path / "out.json", ["misconceptions"]
    assert grade(*arguments) == 0
    (graded,) = read_graded(tmp_path / "out.json")["submissions"].values()
    (named,) = {check["misconception"] for check in graded["checks"]} - {None}
    ((submission, _),) = chosen
    assert submission.name.endswith(named.replace(" ", "-"))
    assert {check["part"] for check in graded["checks"]} == {"ex01/correlate2d", "ex01/convolve2d"}
    assert chosen[0][0].id in capsys.readouterr().out
    assert grade(*arguments) == 0
    assert chosen[0][0].id not in capsys.readouterr().out


def test_results_of_another_grader_are_not_added_to(tmp_path, first_of_each_kind, results):
    write_corpus(tmp_path, first_of_each_kind[:1])
    write_graded(tmp_path / "out.json", results)
    with pytest.raises(ValueError, match="another grader"):
        grade(tmp_path, Grader(ROOT, sys.executable), tmp_path / "out.json", [])


def test_equal_results_are_equal_however_long_they_took(compared):
    assert compared(lambda new: new[ID].update(seconds=7.0)) == (0, "There is no difference.")


@pytest.mark.parametrize(
    ("key", "new", "line"),
    [
        ("marks", 3, "marks 0 -> 3"),
        ("max_marks", 4, "max_marks 3 -> 4"),
        ("status", "error", "status 'failed' -> 'error'"),
        ("misconception", None, "misconception 'biases forgotten' -> None"),
    ],
)
def test_a_change_of_a_check_is_noticed(key, new, line, compared):
    changed = compared(lambda others: others[ID]["checks"][0].update({key: new}))
    assert changed == (1, f"{ID}: ex02/forward/values: {line}")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda new: new.clear(), f"{ID}: graded only in the first"),
        (lambda new: new.update(more=new[ID]), "more: graded only in the second"),
        (lambda new: new[ID]["checks"].clear(), "ex02/forward/values is only in the first"),
        (lambda new: new[ID].update(problem="a\n b"), "could not be graded in the second: a b"),
    ],
)
def test_what_is_missing_is_noticed(change, line, compared):
    status, last = compared(change)
    assert status == 1
    assert last.endswith(line)


def test_nothing_is_no_proof(tmp_path, results):
    write_graded(tmp_path / "one.json", results)
    arguments = tmp_path / "one.json", tmp_path / "one.json"
    assert compare(*arguments) == compare(*arguments, ["misconceptions"]) == 0
    assert compare(*arguments, ["attacks"]) == 1


@pytest.mark.parametrize("misconception", ["biases forgotten", {"name": "biases forgotten"}])
def test_a_name_is_read_from_either_version(misconception):
    check = {"name": "values", "marks": 0, "max_marks": 3, "status": "failed", "message": "…"}
    check["misconception"] = misconception
    parts = [{"id": "ex02/forward", "checks": [check]}]
    version = 1 if isinstance(misconception, str) else 2
    assert check_records({"schema_version": version, "parts": parts}) == [CHECK]


def test_a_version_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="schema version 9"):
        check_records({"schema_version": 9, "parts": []})
