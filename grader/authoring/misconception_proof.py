"""Prove that each misconception in the catalogue is caught and named correctly."""

from __future__ import annotations

from typing import NamedTuple

from datasets import load_digits
from grader.checking.course import all_parts
from grader.checking.part_declaration import Part
from grader.grading.submission_grader import SubmissionGrader
from grader.misconceptions import Misconception
from grader.misconceptions.reference_submission import ReferenceSubmission
from grader.status import Status


class Proof(NamedTuple):
    """How the grader judges a misconception in an otherwise correct submission.

    Attributes
    ----------
    lost : int
        Marks that it costs in its own part.
    rightly, wrongly, unnamed : int
        The number of failed checks that name it, that name another misconception, and that name none.
    elsewhere : int
        Marks that it costs in the other parts of the exercise.
    """

    lost: int
    rightly: int
    wrongly: int
    unnamed: int
    elsewhere: int

    @property
    def holds(self) -> bool:
        """Whether it costs marks in its own part only, and every failed check names it."""
        return self.lost > 0 and not (self.wrongly or self.unnamed or self.elsewhere)


def prove(known: Misconception, seed: int) -> Proof:
    """Grade a misconception, and count what its failed checks name."""
    (part,) = (part for part in all_parts() if part.id == known.part)
    lost, names = _grade(part, ReferenceSubmission(part, known.function), seed)
    rightly = names.count(known.name)
    unnamed = names.count(None)
    elsewhere = sum(
        _grade(other, ReferenceSubmission(part, known.function), seed)[0]
        for other in all_parts()
        if other.exercise == part.exercise and other is not part
    )
    return Proof(lost, rightly, len(names) - rightly - unnamed, unnamed, elsewhere)


def _grade(part: Part, submission: ReferenceSubmission, seed: int) -> tuple[int, list[str | None]]:
    """Return the marks lost in a part, and the misconception that each failed check names."""
    grader = SubmissionGrader(submission, seed, load_digits)
    failed = [check for check in grader.run_all([part]) if check.status is not Status.PASSED]
    names = [check.misconception.name if check.misconception else None for check in failed]
    return sum(check.max_marks for check in failed), names
