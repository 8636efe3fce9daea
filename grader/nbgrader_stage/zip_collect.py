"""Collect a zip from a learning management system, with a folder for each student.

nbgrader's own plugins stop at the first broken zip, or at two files with the same name.
"""

from __future__ import annotations

import os
import shutil
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from grader.nbgrader_stage.full_disk import NO_ROOM

STUDENT = r"(?!__MACOSX/)(?P<student_id>[^/]+?)(?:_\d+_assignsubmission_file_?)?"
"""A student's folder. Moodle appends a number and a word to the student's name."""
FILE = r"(?:(?!__MACOSX/|\.)[^/]+/)*(?P<file_id>(?!\.|timestamp\.txt$)[^/]+)"
"""A student's file. timestamp.txt is left out: students must not set their own submission time."""
IN_A_FOLDER = rf".*/extracted/[^/]+/{STUDENT}/{FILE}$"
"""The path of a submitted file: the name of the zip, the student, the file."""
MAX_BYTES, MAX_FILES, MAX_DEPTH = 200_000_000, 10_000, 3
"""The limits for a student's zip: its unpacked size, its files, and how deep zips may be nested."""


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
            self._unpack_inner(folder, 1)

    def _unpack_inner(self, folder: Path, depth: int) -> None:
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() == ".zip"):
            target = path.with_name(f"{path.name} unpacked")
            try:
                if depth > MAX_DEPTH:
                    raise BadZipFile("zips are nested too deeply")
                _unpack(path, target)
            except Exception as error:
                if isinstance(error, OSError) and error.errno in NO_ROOM:
                    self.parent.fail(f"{path} cannot be unpacked: {error}")
                self.log.warning("%s cannot be unpacked: %s", path, error)
                shutil.rmtree(target, ignore_errors=True)
                continue
            path.unlink()
            self._unpack_inner(target, depth + 1)


def _unpack(path: Path, target: Path) -> None:
    with ZipFile(path) as archive:
        files = archive.infolist()
        if len(files) > MAX_FILES or sum(file.file_size for file in files) > MAX_BYTES:
            raise BadZipFile("it contains too many files or too much data")
        archive.extractall(target)


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
        found: dict[str, str] | None = self._match(submitted_file)
        if not found or "timestamp" in found:  # nbgrader itself takes the newest of several
            return found
        chosen = self._chosen[_key(found, submitted_file)]
        if chosen == submitted_file:
            return found
        self.log.warning("%s was skipped: %s has the same name", submitted_file, chosen)
        return None

    @cached_property
    def _chosen(self) -> dict[tuple[str | None, str], str]:
        """The file that is taken, for each student and file name."""
        app = self.parent
        root = Path(app._format_collect_path(app.extracted_directory))
        paths = [str(path) for path in root.rglob("*") if path.is_file()]
        chosen = {}
        for path in sorted(paths, key=lambda path: (path.count(os.sep), path), reverse=True):
            if found := self._match(path):
                chosen[_key(found, path)] = path
        return chosen


def _key(found: dict[str, str], path: str) -> tuple[str | None, str]:
    """Return the student and the name of a file; nbgrader reports it if they are missing."""
    return found.get("student_id"), Path(found.get("file_id", "")).stem + Path(path).suffix
