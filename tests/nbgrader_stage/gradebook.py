"""Read the marks in a course's gradebook."""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Gradebook

from grader.authoring.source_header import CORE, read_header
from grader.checking.course import all_parts
from grader.checking.part_declaration import Part

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"


def core_parts() -> list[Part]:
    """Return the parts of the assignment that is graded here."""
    return [
        part
        for part in all_parts()
        if read_header(SOLUTIONS / f"{part.exercise}.py").assignment == CORE
    ]


def marks_in(course: Path) -> dict[str, dict[str, float]]:
    """Return the marks that the grader gave, by student, by part."""
    found = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db", "cnn") as book:
        for submission in book.assignment_submissions("core"):
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            found[submission.student.id] = {
                grade.name.replace("-", "/", 1): grade.auto_score for grade in grades
            }
    return found
