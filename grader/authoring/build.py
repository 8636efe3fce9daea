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
from grader.authoring.pictures import FOLDER, all_pictures, drawn, refuse_wrong_images
from grader.common.course_folder import course_folder
from grader.runtime.errors import GraderError

STAMP = ".generated.json"
"""A file in `exercises/`, ignored by git, with the checksums of what the last build wrote there."""


class BuildError(GraderError):
    """The build was refused or the check failed; the message says what to do."""


def generated(root: Path) -> dict[Path, str]:
    """Return every generated text that is kept in git, as it should be.

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
        refuse_wrong_images(sources, all_pictures(root))
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
        no text is written.
    """
    texts = generated(root)
    images = _draw(root)
    exercises = [path for path in texts if path.parent == root / "exercises"]
    if not force and (lost := [path for path in exercises if _would_be_lost(path, texts[path])]):
        names = ", ".join(str(path.relative_to(root)) for path in lost)
        raise BuildError(
            f"Someone has worked on {names}. Commit or move that work, or overwrite it with "
            "`python -m grader build --force`. Nothing was written."
        )
    for path, image in images.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(image)
    texts |= _course(root)  # its notebooks contain the pictures
    changed = [path for path, text in texts.items() if _read(path) != text]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    _write_stamp(root / "exercises", texts)
    return [*images, *changed]


def check(root: Path) -> None:
    """Fail if any generated file differs from what `build` would write.

    Raises
    ------
    BuildError
        If files are out of date; the message names them.
    """
    texts = generated(root)
    pictures = {picture.path: picture.current for picture in all_pictures(root)}
    stale = [path for path, text in texts.items() if _read(path) != text]
    stale += [path for path, current in pictures.items() if not current]
    kept = [*(root / "exercises").glob("*.py"), *(root / "exercises" / FOLDER).glob("*/*")]
    left = [path for path in sorted(kept) if path not in texts and path not in pictures]
    names = ", ".join(str(path.relative_to(root)) for path in [*stale, *left])
    if names:
        raise BuildError(
            f"Out of date: {names}. Edit only solutions/, then run `python -m grader build`."
        )
    _course(root)  # not kept in git, but it must build without an error


def _draw(root: Path) -> dict[Path, bytes]:
    """Return the pictures that are missing or out of date, drawn anew."""
    try:
        return drawn(root, [picture for picture in all_pictures(root) if not picture.current])
    except SourceError as error:
        raise BuildError(str(error)) from error


def _course(root: Path) -> dict[Path, str]:
    try:
        return course_files(root, course_folder(root))
    except SourceError as error:
        raise BuildError(str(error)) from error


def _would_be_lost(path: Path, new: str) -> bool:
    """Return whether a file has a text that is neither new, committed nor written by the last build."""
    text = _read(path)
    if text in (None, new) or _stamps(path.parent).get(path.name) == _checksum(text):
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
