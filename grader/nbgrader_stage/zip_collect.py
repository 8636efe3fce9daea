"""Take in a zip as a learning management system gives it: with a folder for each student.

nbgrader's own plugins stop at the first zip that is broken, or at two files of one name.
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
"""A student's folder; Moodle adds a number and a word of its own to the name."""
FILE = r"(?:(?!__MACOSX/|\.)[^/]+/)*(?P<file_id>(?!\.|timestamp\.txt$)[^/]+)"
"""A file of a student's, who cannot say when it was handed in."""
IN_A_FOLDER = rf".*/extracted/[^/]+/{STUDENT}/{FILE}$"
"""How the path of a file says whose it is: the name of the zip, of the student, of the file."""
LARGEST, MOST, DEEPEST = 200_000_000, 10_000, 3
"""Bytes and files in a student's own zip, and how many zips may be in one another."""


class Extractor(ExtractorPlugin):  # type: ignore[misc]
    """Unpacks zips, and the zips in them; one of a student's that is broken stays as it is."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack what was downloaded.

        Parameters
        ----------
        archive_path : str
            The folder with what was downloaded.
        extracted_path : str
            The folder for what is in it.
        """
        for path in sorted(Path(archive_path).iterdir()):
            folder = Path(extracted_path) / path.stem
            try:
                with ZipFile(path) as archive:
                    archive.extractall(folder)
            except Exception as error:  # ZipFile has no end of them
                self.parent.fail(f"{path} cannot be unpacked: {error}")
            self._unpack_inner(folder, 1)

    def _unpack_inner(self, folder: Path, depth: int) -> None:
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() == ".zip"):
            target = path.with_name(f"{path.name} unpacked")
            try:
                if depth > DEEPEST:
                    raise BadZipFile("there are too many zips in one another")
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
        if len(files) > MOST or sum(file.file_size for file in files) > LARGEST:
            raise BadZipFile("there is too much in it")
        archive.extractall(target)


class Collector(FileNameCollectorPlugin):  # type: ignore[misc]
    """Takes one file of each name from each student: the one that lies in the fewest folders.

    It takes files of all kinds: who has handed in something else than notebooks has handed something
    in, and is told what was wrong.
    """

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return whose file it is and its name; None if it is not wanted.

        Parameters
        ----------
        submitted_file : str
            The file's path.
        """
        found: dict[str, str] | None = self._match(submitted_file)
        if not found or "timestamp" in found:  # of several nbgrader takes the newest by itself
            return found
        chosen = self._chosen[_key(found, submitted_file)]
        if chosen == submitted_file:
            return found
        self.log.warning("%s was left out for %s", submitted_file, chosen)
        return None

    @cached_property
    def _chosen(self) -> dict[tuple[str | None, str], str]:
        """The path of each student's file of each name."""
        app = self.parent
        root = Path(app._format_collect_path(app.extracted_directory))
        paths = [str(path) for path in root.rglob("*") if path.is_file()]
        chosen = {}
        for path in sorted(paths, key=lambda path: (path.count(os.sep), path), reverse=True):
            if found := self._match(path):
                chosen[_key(found, path)] = path
        return chosen


def _key(found: dict[str, str], path: str) -> tuple[str | None, str]:
    """Return what nbgrader makes a file's name from; it complains itself where that is missing."""
    return found.get("student_id"), Path(found.get("file_id", "")).stem + Path(path).suffix
