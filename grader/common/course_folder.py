"""Find the folder of the nbgrader course."""

from __future__ import annotations

import os
from pathlib import Path

COURSE_VARIABLE = "GRADER_COURSE"


def course_folder(root: Path) -> Path:
    """Return the course's folder: the environment names it, or else it is `course/`.

    Parameters
    ----------
    root : Path
        The folder of this kit.
    """
    return Path(os.environ.get(COURSE_VARIABLE) or root / "course").resolve()
