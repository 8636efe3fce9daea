"""The nbgrader settings for this course. Run nbgrader's commands in this folder."""

from pathlib import Path

from grader.nbgrader_stage.config import configure

configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821 (nbgrader defines it)
