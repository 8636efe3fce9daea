"""Each known mistake costs marks in its part alone, is named as itself, and never as another."""

import pytest

from grader.authoring.misconception_proof import prove
from grader.checking.course import all_parts
from grader.grading.submission_grader import SubmissionGrader
from grader.misconceptions import all_misconceptions
from grader.misconceptions.reference_submission import ReferenceSubmission

PARTS = [part for part in all_parts() if part.id.startswith("ex")]


@pytest.mark.parametrize("seed", [0])
@pytest.mark.parametrize(
    "known", all_misconceptions(), ids=lambda known: f"{known.part}: {known.name}"
)
def test_is_caught_and_named(known, seed):
    proof = prove(known, seed)
    assert proof.holds, proof


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_the_course_done_right_has_full_marks(part):
    for check in part.checks:
        SubmissionGrader(ReferenceSubmission(part, None), 0, None).start(check, part).call()


def test_names_are_unique_within_a_part_and_say_something():
    seen = set()
    for known in all_misconceptions():
        assert (known.part, known.name) not in seen
        seen.add((known.part, known.name))
        assert known.part in [part.id for part in PARTS]
        assert 20 < len(known.explanation) < 500, known.name
        assert 20 < len(known.hint) < 300, known.name


def test_every_part_has_its_mistakes():
    assert {known.part for known in all_misconceptions()} == {part.id for part in PARTS}
    assert len(all_misconceptions()) >= 60
