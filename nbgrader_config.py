"""The nbgrader settings for this course. Run nbgrader's commands in this folder, or in the course's."""

from pathlib import Path

try:
    from grader.nbgrader_stage.config import configure
except ImportError as error:  # nbgrader would go on with its own settings, and without the sandbox
    raise SystemExit(f"nbgrader_config.py: {error}. Activate the kit's environment.") from None

configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821 (nbgrader defines it)
