"""The settings of nbgrader that make it grade this course."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

STUB = "raise NotImplementedError"
SANITIZING = (
    # Instead of OverwriteCells, ClearOutput and OverwriteKernelspec: the course's own cells are put
    # back, whatever has become of them.
    "grader.nbgrader_stage.preprocessors.Rebuild",
    "nbgrader.preprocessors.CheckCellMetadata",
)
GRADING = (
    "grader.nbgrader_stage.preprocessors.GradeSubmission",  # instead of Execute
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
)
LEFT_BEHIND = (".ipynb_checkpoints", "*.pyc", "__pycache__", ".pytest_cache", "feedback")
"""What students have beside their notebooks; the last is what they have fetched."""


def configure(c: Any, root: Path) -> None:
    """Set what this course needs.

    Parameters
    ----------
    c : traitlets Config
        nbgrader's.
    root : Path
        The folder of this kit; the course is in `course/` there.
    """
    from grader.nbgrader_stage.autograde import install
    from grader.nbgrader_stage.batch import Batch
    from grader.nbgrader_stage.preflight import LIMITS_VARIABLE
    from grader.nbgrader_stage.zip_collect import IN_A_FOLDER

    course = Path(os.environ.get("GRADER_COURSE", root / "course")).resolve()
    c.CourseDirectory.root = str(course)
    c.CourseDirectory.course_id = "cnn"
    c.CourseDirectory.ignore = [*LEFT_BEHIND]
    c.ExchangeFactory.release_feedback = "grader.nbgrader_stage.release_feedback.ReleaseFeedback"
    c.ZipCollectApp.extractor_plugin = "grader.nbgrader_stage.zip_collect.Extractor"
    c.ZipCollectApp.collector_plugin = "grader.nbgrader_stage.zip_collect.Collector"
    c.FileNameCollectorPlugin.named_regexp = IN_A_FOLDER
    c.ClearSolutions.code_stub = {"python": STUB}
    c.HTMLExporter.filters = {"markdown2html": "grader.nbgrader_stage.safe_html.markdown2html"}
    c.Autograde.exporter_class = "grader.nbgrader_stage.preprocessors.CleaningExporter"
    c.Autograde.sanitize_preprocessors = list(SANITIZING)
    c.Autograde.autograde_preprocessors = list(GRADING)
    unsafe = os.environ.get("GRADER_UNSAFE") == "1"
    install(Batch(course, unsafe=unsafe, limits=os.environ.get(LIMITS_VARIABLE, "").split()))
