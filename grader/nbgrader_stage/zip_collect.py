"""Collect a zip from a learning management system, with a folder for each student.

nbgrader's own plugins stop at the first broken zip, or at two files with the same name.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from grader.nbgrader_stage.full_disk import NO_ROOM
from grader.nbgrader_stage.unpack import Budget

STUDENT = r"(?!__MACOSX/)(?P<student_id>[^/]+?)(?:_\d+_assignsubmission_file_?)?"
"""A student's folder. Moodle appends a number and a word to the student's name."""
FILE = r"(?:(?!__MACOSX/|\.)[^/]+/)*(?P<file_id>(?!\.|timestamp\.txt$)[^/]+)"
"""A student's file. timestamp.txt is left out: students must not set their own submission time."""
IN_A_FOLDER = rf".*/extracted/[^/]+/{STUDENT}/{FILE}$"
"""The path of a submitted file: the name of the zip, the student, the file."""
UNPACKED = " unpacked"
"""What the name of a folder ends with that was a student's zip."""
FROM_CANVAS = (
    r".*/extracted/[^/]+/(?P<student_id>[^/_]+)_(?:LATE_)?\d+_\d+_"
    rf"(?:[^/]+{UNPACKED}/(?:(?!__MACOSX/|\.)[^/]+/)*)?"
    r"(?P<file_id>(?!\.|timestamp\.txt$)[^/]+?)(?:-\d+)?(?:\.[^./]+)?$"
)
"""The path of a file that Canvas names after the student; `-1` is a second upload."""
UPLOAD = re.compile(r"-(\d+)\.[^./]+$")


class Extractor(ExtractorPlugin):  # type: ignore[misc]
    """Unpacks zips, and the zips inside them; a student's broken zip is kept as it is."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack the downloaded zips.

        Parameters
        ----------
        archive_path : str
            The folder with the downloads.
        extracted_path : str
            The folder to unpack them to.
        """
        for path in sorted(Path(archive_path).iterdir()):
            folder = Path(extracted_path) / path.stem
            try:
                with ZipFile(path) as archive:
                    archive.extractall(folder)
            except Exception as error:  # ZipFile raises all kinds
                self.parent.fail(f"{path} cannot be unpacked: {error}")
            budgets: dict[str, Budget] = defaultdict(Budget)
            for inner in _zips(folder):
                self._unpack_inner(inner, 1, budgets[_owner(inner.relative_to(folder))])

    def _unpack_inner(self, path: Path, depth: int, budget: Budget) -> None:
        target = path.with_name(f"{path.name}{UNPACKED}")
        try:
            budget.unpack(path, target, depth)
        except Exception as error:
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                self.parent.fail(f"{path} cannot be unpacked: {error}")
            self.log.warning("%s cannot be unpacked: %s", path, error)
            shutil.rmtree(target, ignore_errors=True)
            return
        path.unlink()
        for inner in _zips(target):
            self._unpack_inner(inner, depth + 1, budget)


def _owner(path: Path) -> str:
    """Return whose budget a zip uses: a folder's, or that of Canvas's name and number."""
    first = path.parts[0]
    canvas = re.match(r"[^_]+_(?:LATE_)?\d+_", first) if len(path.parts) == 1 else None
    return canvas[0].replace("_LATE_", "_") if canvas else first


def _zips(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() == ".zip" and p.is_file())


class Collector(FileNameCollectorPlugin):  # type: ignore[misc]
    """Takes one file of each name from each student: the one in the fewest folders.

    It takes files of every kind: a student who handed in the wrong kind of file still handed
    something in, and is told what was wrong.
    """

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return whose file it is and its name; None if it is to be skipped.

        Parameters
        ----------
        submitted_file : str
            The file's path.
        """
        if not self._chosen:
            self.parent.fail(
                "No file in the zip has a name that says whose it is. It may be in a folder with the "
                "student's name, or be named as in Canvas's zips; otherwise, set "
                "FileNameCollectorPlugin.named_regexp, as docs/instructors.md describes."
            )
        found = self._match(submitted_file)
        if not found or "timestamp" in found:  # nbgrader itself takes the newest of several
            return found
        chosen = self._chosen[_key(found, submitted_file)]
        if chosen == submitted_file:
            return found
        self.log.warning("%s was skipped: %s has the same name", submitted_file, chosen)
        return None

    def _match(self, filename: str) -> dict[str, str] | None:
        """Return the groups of the usual patterns, or of the instructor's own."""
        own = self.named_regexp != IN_A_FOLDER
        for pattern in (self.named_regexp,) if own else (FROM_CANVAS, IN_A_FOLDER):
            if match := re.match(pattern, filename):
                return match.groupdict()
        return None

    @cached_property
    def _chosen(self) -> dict[tuple[str | None, str], str]:
        """The file that is taken, for each student and file name."""
        app = self.parent
        root = Path(app._format_collect_path(app.extracted_directory))
        paths = [str(path) for path in root.rglob("*") if path.is_file()]
        chosen = {}
        for path in sorted(paths, key=_rank, reverse=True):
            if found := self._match(path):
                chosen[_key(found, path)] = path
        return chosen


def _rank(path: str) -> tuple[int, int, str]:
    """Return what orders files of the same student and name: few folders, then the last upload."""
    upload = UPLOAD.search(path)
    return path.count(os.sep), -int(upload[1][:9]) if upload else 0, path


def _key(found: dict[str, str], path: str) -> tuple[str | None, str]:
    """Return the student and the name of a file; nbgrader reports it if they are missing."""
    return found.get("student_id"), Path(found.get("file_id", "")).stem + Path(path).suffix
