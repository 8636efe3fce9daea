"""The secret seed of the hidden inputs."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from grader.common.atomic_write import write_whole
from grader.nbgrader_stage.preflight import PreflightFailed

SEED_VARIABLE, SEED_FILE = "GRADER_SEED", "secret-seed"


def secret_seed(course: Path) -> int:
    """Return the seed from the environment, or else from the course's file.

    The file is created if it does not exist.

    Raises
    ------
    PreflightFailed
        If the seed is not a whole number.
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
        raise PreflightFailed(f"the secret seed in {where} is not a whole number") from None
