"""Each known mistake costs marks in its part only, and the grader names it and no other."""

import pytest

from grader.authoring.misconception_proof import prove
from grader.checking.course import parts_to_write
from grader.grading.submission_grader import SubmissionGrader
from grader.misconceptions import all_misconceptions
from grader.misconceptions.reference_submission import ReferenceSubmission

PARTS = parts_to_write()


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
        assert (known.part, known.name) not in seen or not known.main
        seen.add((known.part, known.name))
        assert known.part in [part.id for part in PARTS]
        assert 20 < len(known.explanation) < 500, known.name
        assert 20 < len(known.hint) < 300, known.name


def test_each_part_of_the_core_has_its_mistakes():
    known = {known.part for known in all_misconceptions()}
    assert known <= {part.id for part in PARTS}
    assert len(known) >= 23  # a new exercise may have none, but the old ones keep theirs
    assert len(all_misconceptions()) >= 345
