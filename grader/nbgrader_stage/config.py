"""The nbgrader settings for this course."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any

from grader.common.course_folder import COURSE_VARIABLE, course_folder
from grader.nbgrader_stage.finished import MARKER

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = str(Path(__file__).parent / "templates")
"""Replacements for nbconvert's templates, in formgrader and in feedback."""
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
FEEDBACK = (
    "nbgrader.preprocessors.GetGrades",
    "grader.nbgrader_stage.marks_overview.MarksOverview",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
)
IGNORED = (".ipynb_checkpoints", "*.pyc", "__pycache__", ".pytest_cache", "feedback", MARKER)
"""Files next to students' notebooks that are not part of a submission, such as fetched feedback."""


def configure(c: Any, root: Path) -> None:
    """Change nbgrader's settings to those of this course.

    Parameters
    ----------
    c : traitlets Config
        nbgrader's configuration.
    root : Path
        The folder of this kit. The course is in its subfolder `course/`, or where the environment
        says.
    """
    import nbgrader
    from nbgrader.converters import GenerateAssignment
    from nbgrader.preprocessors import SaveCells

    from grader.nbgrader_stage.autograde import install
    from grader.nbgrader_stage.batch import Batch
    from grader.nbgrader_stage.preflight import LIMITS_VARIABLE
    from grader.nbgrader_stage.seal_cells import SealCells
    from grader.nbgrader_stage.zip_collect import IN_A_FOLDER

    course = course_folder(root)
    c.CourseDirectory.root = str(course)
    c.CourseDirectory.course_id = "cnn"
    c.CourseDirectory.ignore = [*IGNORED]
    c.ExchangeFactory.release_feedback = "grader.nbgrader_stage.release_feedback.ReleaseFeedback"
    c.ZipCollectApp.extractor_plugin = "grader.nbgrader_stage.zip_collect.Extractor"
    c.ZipCollectApp.collector_plugin = "grader.nbgrader_stage.zip_collect.Collector"
    c.FileNameCollectorPlugin.named_regexp = IN_A_FOLDER
    usual = GenerateAssignment.class_traits()["preprocessors"].default()
    c.GenerateAssignment.preprocessors = [
        SealCells if preprocessor is SaveCells else preprocessor for preprocessor in usual
    ]
    c.ClearSolutions.code_stub = {"python": STUB}
    c.HTMLExporter.filters = {"markdown2html": "grader.nbgrader_stage.safe_html.markdown2html"}
    its_templates = Path(nbgrader.__file__).parent / "server_extensions/formgrader/templates"
    c.HTMLExporter.extra_template_basedirs = [TEMPLATES, str(its_templates)]
    c.Autograde.exporter_class = "grader.nbgrader_stage.preprocessors.CleaningExporter"
    c.Autograde.sanitize_preprocessors = list(SANITIZING)
    c.Autograde.autograde_preprocessors = list(GRADING)
    c.GenerateFeedback.preprocessors = list(FEEDBACK)
    unsafe = os.environ.get("GRADER_UNSAFE") == "1"
    install(Batch(course, unsafe=unsafe, limits=os.environ.get(LIMITS_VARIABLE, "").split()))


def configure_from_course(c: Any, course: Path) -> None:
    """Change nbgrader's settings to those of this kit's `nbgrader_config.py`, for one course.

    Whatever goes wrong ends the command: nbgrader would report it, and then grade with its own
    settings.

    Parameters
    ----------
    c : traitlets Config
        nbgrader's configuration.
    course : Path
        The folder with source/, submitted/ and so on.
    """
    os.environ[COURSE_VARIABLE] = str(course)
    try:
        runpy.run_path(str(ROOT / "nbgrader_config.py"), {"get_config": lambda: c})
    except Exception as error:
        raise SystemExit(f"{ROOT / 'nbgrader_config.py'}: {error}") from error
