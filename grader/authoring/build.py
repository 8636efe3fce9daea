"""`python -m grader build`: write, or check, everything that is generated from `solutions/`."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

from grader.authoring.exercise_map import exercise_map
from grader.authoring.exercise_stubs import SourceError, exercise_text
from grader.authoring.hints import hints_text
from grader.authoring.misconceptions_page import catalogue_page
from grader.authoring.nbgrader_source import course_files, exercise_sources
from grader.common.course_folder import course_folder
from grader.runtime.errors import GraderError

STAMP = ".generated.json"
"""A file in `exercises/`, ignored by git, with the checksums of what the last build wrote there."""


class BuildError(GraderError):
    """The build was refused or the check failed; the message says what to do."""


def generated(root: Path) -> dict[Path, str]:
    """Return every generated file that is kept in git, with the text that it should have.

    Parameters
    ----------
    root : Path
        The folder that contains `solutions/` and `exercises/`.

    Raises
    ------
    BuildError
        If a source file has an error.
    """
    sources = sorted((root / "solutions").glob("*.py"))
    if not sources:
        raise BuildError(f"There are no files in {root / 'solutions'}.")
    target = root / "exercises"
    try:
        texts = {target / path.name: exercise_text(path) for path in sources}
        texts[target / "README.md"] = exercise_map(exercise_sources(root / "solutions"))
        texts[root / "grader" / "hints" / "hints.json"] = hints_text(sources)
    except SourceError as error:
        raise BuildError(str(error)) from error
    texts[root / "docs" / "misconceptions.md"] = catalogue_page()
    return texts


def build(root: Path, *, force: bool = False) -> list[Path]:
    """Write every generated file; return those that have changed.

    Parameters
    ----------
    root : Path
        The folder that contains `solutions/` and `exercises/`.
    force : bool
        Whether to overwrite work that exists nowhere else.

    Raises
    ------
    BuildError
        If a source file has an error, or if a file contains work that exists nowhere else. Then
        nothing is written.
    """
    texts = generated(root) | _course(root)
    changed = [path for path, text in texts.items() if _read(path) != text]
    exercises = [path for path in changed if path.parent == root / "exercises"]
    if not force and (lost := [path for path in exercises if _would_be_lost(path)]):
        names = ", ".join(str(path.relative_to(root)) for path in lost)
        raise BuildError(
            f"Someone has worked on {names}. Commit or move that work, or overwrite it with "
            "`python -m grader build --force`. Nothing was written."
        )
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    _write_stamp(root / "exercises", texts)
    return changed


def check(root: Path) -> None:
    """Fail if any generated file differs from what `build` would write.

    Raises
    ------
    BuildError
        If files are out of date; the message names them.
    """
    texts = generated(root)
    _course(root)  # not kept in git, but it must build without an error
    stale = [path for path, text in texts.items() if _read(path) != text]
    left = [path for path in sorted((root / "exercises").glob("*.py")) if path not in texts]
    names = ", ".join(str(path.relative_to(root)) for path in [*stale, *left])
    if names:
        raise BuildError(
            f"Out of date: {names}. Edit only solutions/, then run `python -m grader build`."
        )


def _course(root: Path) -> dict[Path, str]:
    try:
        return course_files(root, course_folder(root))
    except SourceError as error:
        raise BuildError(str(error)) from error


def _would_be_lost(path: Path) -> bool:
    """Return whether a file's text is neither committed nor written by the last build."""
    text = _read(path)
    if text is None or _stamps(path.parent).get(path.name) == _checksum(text):
        return False
    command = ["git", "show", f"HEAD:./{path.name}"]
    try:
        committed = subprocess.run(command, cwd=path.parent, capture_output=True, check=False)
    except OSError:  # no git on this machine
        return True
    return committed.returncode != 0 or committed.stdout != path.read_bytes()


def _stamps(folder: Path) -> dict[str, str]:
    text = _read(folder / STAMP)
    stamps: dict[str, str] = json.loads(text) if text else {}
    return stamps


def _write_stamp(folder: Path, texts: dict[Path, str]) -> None:
    stamps = {path.name: _checksum(text) for path, text in texts.items()}
    (folder / STAMP).write_text(json.dumps(stamps, indent=2), encoding="utf-8")


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
