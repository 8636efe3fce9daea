"""The secret that hidden inputs are drawn from."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from grader.common.atomic_write import write_whole
from grader.nbgrader_stage.preflight import PreflightFailed

SEED_VARIABLE, SEED_FILE = "GRADER_SEED", "secret-seed"


def secret_seed(course: Path) -> int:
    """Return the seed in the environment, or else in the course's file, which is made if need be.

    Raises
    ------
    PreflightFailed
        If it is not a whole number.
    """
    text = os.environ.get(SEED_VARIABLE, "")
    file = course / SEED_FILE
    if not text:
        if not file.exists():
            write_whole(f"{secrets.randbits(128)}\n", file)
        text = file.read_text("utf-8")
    try:
        return abs(int(text))
    except ValueError:
        where = SEED_VARIABLE if os.environ.get(SEED_VARIABLE) else file
        raise PreflightFailed(f"the secret seed in {where} is no whole number") from None
