"""Understand how students name an exercise to pytest: by its file, or by a word of its name."""

from __future__ import annotations

from pathlib import Path

from grader.common.exercise_names import names_of_exercise

GRADER = Path(__file__).resolve().parents[1]
EXERCISES = GRADER.parent / "exercises"


def checks_for(words: list[str]) -> list[str]:
    """Return what to collect when someone asks pytest to test exercises.

    Parameters
    ----------
    words : list of str
        The files and folders on the command line; without any, the current folder is meant.

    Returns
    -------
    list of str
        The same, with the file of its checks in place of an exercise's file, and all checks in place of
        the folder of the exercises.
    """
    if not words:
        return [str(GRADER)] if Path.cwd().resolve() == EXERCISES else []
    return [_checks_in(word) for word in words]


def _checks_in(word: str) -> str:
    path = Path(word).resolve()
    if path == EXERCISES:
        return str(GRADER)
    checks = GRADER / f"test_{path.stem}.py"
    return str(checks) if path.parent == EXERCISES and checks.is_file() else word


def keyword_for(word: str) -> str:
    """Return what selects one exercise alone, if a keyword is its name or number ("losses", "ex6").

    Tests in other files may have the same word in their names.
    """
    for path in sorted(GRADER.glob("test_*.py")):
        if word in names_of_exercise(path.stem.removeprefix("test_")):
            return path.stem
    return word
