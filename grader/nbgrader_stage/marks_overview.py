"""Give each student one page with all marks, `index.html` beside the feedback on each notebook.

The same table is on every feedback page: students who fetch feedback through the exchange get the
pages of their notebooks and nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from nbformat import NotebookNode
from nbgrader.api import Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.nbgrader_stage.preprocessors import PARTS, Resources

INDEX = "index.html"
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)
TEMPLATES.filters["marks"] = lambda marks: f"{round(marks, 2):g}"


class MarksOverview(NbGraderPreprocessor):  # type: ignore[misc]
    """Adds the table of all marks to a feedback page, and writes it as a page of its own.

    It is read from the gradebook, so it contains marks given by hand, and no text of a submission.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Return the notebook as it is, and what nbconvert should write besides."""
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as book:
            found = _marks(book.find_submission(where["assignment"], where["student"]))
        resources["feedback_marks"] = TEMPLATES.get_template("overview.html.j2").render(found)
        page = TEMPLATES.get_template("index.html.j2").render(found)
        resources.setdefault("outputs", {})[INDEX] = page.encode("utf-8")
        return nb, resources


def _marks(submission: SubmittedAssignment) -> dict[str, Any]:
    """Return what the templates show."""
    student, penalty = submission.student, submission.late_submission_penalty or 0
    full_name = f"{student.first_name or ''} {student.last_name or ''}".strip()
    return {
        "assignment": submission.name,
        "student": full_name or student.id,
        "penalty": penalty,
        "score": max(0, submission.score - penalty),  # as in nbgrader's export
        "most": submission.max_score,
        "notebooks": [
            _notebook(one) for one in sorted(submission.notebooks, key=lambda one: str(one.name))
        ],
    }


def _notebook(notebook: SubmittedNotebook) -> dict[str, Any]:
    parts = [
        {
            "cell": grade.name,
            "title": PARTS.get(grade.name, grade.name),
            "score": grade.score,
            "most": grade.max_score,
        }
        for grade in notebook.grades
    ]
    return {
        "name": notebook.name,
        "score": notebook.score,
        "most": notebook.max_score,
        "parts": parts,
    }
