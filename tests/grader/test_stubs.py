"""Unchanged exercises earn no marks, without error output; each written body earns its part."""

import re

import pytest

from grader.authoring.exercise_stubs import BEGIN, END, STUB, exercise_text
from grader.checking.course import all_parts, parts_to_write


def regions(path):
    """Return the texts of the solution regions of a file, with their indentation."""
    text = path.read_text("utf-8")
    return re.findall(rf"^ *{BEGIN}\n(.*?)^ *{END}\n", text, re.DOTALL | re.MULTILINE)


def with_one_body(path, number):
    """Return an exercise in which only one body, counted from 0, has been written."""
    pieces = re.split(rf"^ *{STUB}\n", exercise_text(path), flags=re.MULTILINE)
    bodies = [f"    {STUB}\n"] * (len(pieces) - 1)
    bodies = [_indented_stub(piece) for piece in pieces[:-1]]
    bodies[number] = regions(path)[number]
    return "".join(a + b for a, b in zip(pieces, [*bodies, ""], strict=True))


def _indented_stub(piece):
    last = piece.rstrip("\n").rpartition("\n")[2]
    return " " * (len(last) - len(last.lstrip())) + STUB + "\n"


def test_fresh_checkout(run_grader, tmp_path, solutions):
    for path in solutions.glob("*.py"):
        (tmp_path / path.name).write_text(exercise_text(path), "utf-8")
    run = run_grader("--submission", tmp_path)
    assert run.status == 1
    total = sum(part.marks for part in all_parts())
    assert (run.results["score"], run.results["max_score"]) == (0, total)
    assert {part["status"] for part in run.results["parts"]} == {"not_started"}
    assert {c["status"] for part in run.results["parts"] for c in part["checks"]} == {"not_started"}
    assert "Traceback" not in run.output
    assert "FAILURES" not in run.output
    assert "ex02_convolutional.py:" in run.output
    assert f"{sum(len(part.checks) for part in all_parts())} not started" in run.output


BODIES = [
    (part.exercise, number, part.id)
    for exercise in sorted({part.exercise for part in parts_to_write()})
    for number, part in enumerate(p for p in all_parts() if p.exercise == exercise)
]


@pytest.mark.parametrize(("exercise", "number", "id"), BODIES, ids=[body[2] for body in BODIES])
def test_one_body_earns_exactly_its_part(grade, solutions, tmp_path, exercise, number, id):
    source = solutions / f"{exercise}.py"
    (tmp_path / source.name).write_text(with_one_body(source, number), "utf-8")
    for part in grade(tmp_path, exercise).values():
        due = (part["max_score"], "passed") if part["id"] == id else (0, "not_started")
        assert (part["score"], part["status"]) == due, part


def test_every_body_is_a_part(solutions):
    bodies = sum(len(regions(path)) for path in solutions.glob("*.py"))
    assert bodies == len(parts_to_write())
