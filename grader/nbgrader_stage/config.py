"""The nbgrader settings for this course."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

STUB = "raise NotImplementedError"
SANITIZING = (
    # Replaces OverwriteCells, ClearOutput and OverwriteKernelspec: it restores the course's own
    # cells, whatever a student has done to them.
    "grader.nbgrader_stage.preprocessors.RestoreCourseCells",
    "nbgrader.preprocessors.CheckCellMetadata",
)
GRADING = (
    "grader.nbgrader_stage.preprocessors.GradeSubmission",  # replaces Execute
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
)
IGNORED = (".ipynb_checkpoints", "*.pyc", "__pycache__", ".pytest_cache", "feedback")
"""Files next to students' notebooks that are not part of a submission, such as fetched feedback."""


def configure(c: Any, root: Path) -> None:
    """Change nbgrader's settings to those of this course.

    Parameters
    ----------
    c : traitlets Config
        nbgrader's configuration.
    root : Path
        The folder of this kit. The course is in its subfolder `course/`.
    """
    from grader.nbgrader_stage.autograde import install
    from grader.nbgrader_stage.batch import Batch
    from grader.nbgrader_stage.preflight import LIMITS_VARIABLE
    from grader.nbgrader_stage.zip_collect import IN_A_FOLDER

    course = Path(os.environ.get("GRADER_COURSE", root / "course")).resolve()
    c.CourseDirectory.root = str(course)
    c.CourseDirectory.course_id = "cnn"
    c.CourseDirectory.ignore = [*IGNORED]
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
