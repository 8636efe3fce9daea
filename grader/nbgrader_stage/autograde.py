"""nbgrader's autograde, extended to grade every submission, whatever state it is in."""

from __future__ import annotations

import glob
import os
import re
import warnings
from collections.abc import Mapping
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.converters
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde, NbGraderException
from nbgrader.utils import rmtree
from sqlalchemy.exc import SAWarning

from grader.common.course_folder import COURSE_VARIABLE
from grader.nbgrader_stage import finished
from grader.nbgrader_stage.batch import Batch, batch, start
from grader.nbgrader_stage.config import GRADING
from grader.nbgrader_stage.full_disk import NO_ROOM, BatchStopped, stopping
from grader.nbgrader_stage.interruption import Interrupted, interruptible, stop_if_interrupted
from grader.nbgrader_stage.missing_notebooks import add_missing_notebooks
from grader.nbgrader_stage.needs_a_look import UNFINISHED, LookList
from grader.nbgrader_stage.preflight import BUILD, PreflightFailed, check_gradebook
from grader.nbgrader_stage.student_names import name_after_id
from grader.sandbox.jail import SandboxUnavailable

SHOWN = {".py", ".txt", ".md", ".json", ".csv", ".npy", ".npz", ".png", ".jpg", ".jpeg", ".gif"}
"""Files that formgrader may serve. HTML and SVG are left out: a browser would run their scripts."""
FORBIDDEN = re.compile(r'[<>"\\*?\[\]\ud800-\udfff]')
"""Characters in a student's name that formgrader does not escape, or that nbgrader takes for a
pattern, or that are not UTF-8."""


class SafeAutograde(Autograde):  # type: ignore[misc]
    """Grades submissions that nbgrader would skip, and lists at the end which ones need a look."""

    def start(self) -> None:
        """Grade all submissions; if a signal ends that, leave no student half graded."""
        try:
            with interruptible():
                super().start()
        except Interrupted as stop:
            self.log.error(
                "Grading was interrupted (%s). The students who were finished keep their results. "
                "Run the same command again to grade the others.",
                stop,
            )
            if isinstance(self.parent, NbGraderAPI):  # the signal was for formgrader's server
                os.kill(os.getpid(), stop.number)
            raise SystemExit(128 + stop.number) from None
        finally:
            batch().end()

    def init_notebooks(self) -> None:
        """Add the notebooks that submissions lack, then find them all."""
        running, assignment = batch(), self.coursedir.assignment_id
        try:
            self._check_settings(running.course)
            running.begin(assignment)
            sources = running.sources(assignment)
            check_gradebook(self.coursedir.db_url, self.coursedir.course_id, assignment, sources)
            self._look = LookList(running.course, assignment)
            self._left_out = self._complete(running.problems, sources)
        except (PreflightFailed, OSError) as error:
            running.end()
            self.log.error("No submission was graded: %s.", error)
            raise NbGraderException(str(error)) from None
        super().init_notebooks()
        self._students = [Path(folder).parent.name for folder in self.assignments]
        for folder in self._left_out:
            self.assignments.pop(str(folder), None)

    def _check_settings(self, course: Path) -> None:
        """Fail if settings of the kit's are missing: an error after `configure` discards them all."""
        root = Path(self.coursedir.root).resolve()
        if root != course:
            raise PreflightFailed(
                f"{root} is not the course of these settings, which is {course}; run `{BUILD}` with "
                f"{COURSE_VARIABLE}={root}, which writes settings there"
            )
        if GRADING[0] not in self.autograde_preprocessors:
            raise PreflightFailed("nbgrader_config.py has an error: see the message above")

    def _complete(
        self, problems: dict[str, list[str]], sources: Mapping[str, NotebookNode]
    ) -> list[Path]:
        """Add missing notebooks; return the submissions that could not be completed."""
        pattern = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        paths = sorted(glob.glob(pattern))  # noqa: PTH207 (nbgrader's own pattern)
        folders = [path for path in map(Path, paths) if path.is_dir()]
        if not folders:
            raise PreflightFailed(f"nothing was submitted: there is no folder {pattern}")
        left_out = []
        for folder in folders:
            student = folder.parent.name
            try:
                if FORBIDDEN.search(student):
                    raise ValueError(
                        "a student's name must be UTF-8 and must not contain < > \" \\ * ? [ or ]; "
                        "rename the folder"
                    )
                problems.setdefault(student, []).extend(add_missing_notebooks(folder, sources))
            except Exception as error:  # nothing that a student hands in may stop the others
                if isinstance(error, OSError) and error.errno in NO_ROOM:
                    raise
                problems.setdefault(student, []).append(f"it was not graded: {error}")
                left_out.append(folder)
                self._look.report(student, problems[student])
        if left_out == folders:
            raise PreflightFailed(
                "; ".join(f"{name}: {reasons[-1]}" for name, reasons in problems.items())
            )
        return left_out

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Return whether to grade a submission: unless it was graded completely, just as it is."""
        if student_id in self.coursedir.student_id_exclude.split(","):
            return False
        graded = Path(self._format_dest(assignment_id, student_id))
        self._fingerprint = finished.fingerprint(
            Path(self._format_source(assignment_id, student_id))
        )
        if not self.force and finished.is_finished(graded, self._fingerprint):
            self.log.info("%s is unchanged since it was graded.", student_id)
            return False
        with stopping(student_id):
            self._look.report(student_id, [*batch().problems[student_id], UNFINISHED])
        finished.begin(graded)
        if self.coursedir.notebook_id != "*":
            for notebook in self.notebooks:
                (graded / Path(notebook).name).unlink(missing_ok=True)
        elif graded.exists():
            rmtree(graded)
        return True

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Add the student to the gradebook, and copy the files that a browser would not run."""
        with stopping(student_id):
            super().init_assignment(assignment_id, student_id)
            with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as book:
                name_after_id(book, student_id)
        for path in Path(self._format_dest(assignment_id, student_id)).rglob("*"):
            if path.is_file() and path.suffix.lower() not in SHOWN | {".ipynb"}:
                path.unlink()

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Grade a notebook; if the sandbox fails, leave it ungraded instead of giving 0 marks."""
        stop_if_interrupted()
        student = Path(notebook_filename).parents[1].name
        with stopping(student):
            try:
                super().convert_single_notebook(notebook_filename)
            except SandboxUnavailable as error:
                batch().problems[student].append(f"it was not graded: {error}")
                self._look.report(student, batch().problems[student])
                raise

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        """Finish a student: nbgrader does this last."""
        super().set_permissions(assignment_id, student_id)
        stop_if_interrupted()
        with stopping(student_id):
            self._look.report(student_id, batch().problems[student_id])
            if self.coursedir.notebook_id == "*":  # otherwise some notebooks may be older
                graded = Path(self._format_dest(assignment_id, student_id))
                finished.finish(graded, self._fingerprint)

    def convert_notebooks(self) -> None:
        """Grade, then list the submissions that need a look, whenever they were graded."""
        stopped = None
        try:
            super().convert_notebooks()
        except BatchStopped as error:
            stopped = error
        finally:
            found = self._list()
        if stopped:
            self.log.error("%s", stopped)
            raise NbGraderException(str(stopped))
        # Formgrader would report this as an error, and its log has the same lines anyway.
        if self._left_out or (found and not isinstance(self.parent, NbGraderAPI)):
            raise NbGraderException("some submissions need a look")

    def _list(self) -> bool:
        """Log which of this run's submissions need a look; return whether any do."""
        found = self._look.among([*self._students, *(path.parent.name for path in self._left_out)])
        for student, problems in found.items():
            self.log.warning("%s needs a look: %s", student, "; ".join(problems))
        if found:
            self.log.warning(
                "Submissions that need a look: %d. They are listed in %s.",
                len(found),
                self._look.path,
            )
        return bool(found)


def install(new: Batch) -> None:
    """Make nbgrader's command and formgrader use `SafeAutograde`.

    nbgrader has no setting for the class, and no hook that runs before it looks for notebooks.
    """
    start(new)
    # nbgrader 0.9 triggers this warning of SQLAlchemy 2 when it creates a submission. It is harmless.
    warnings.filterwarnings("ignore", "Object of type <StudentSubmission", SAWarning)
    for module in (nbgrader.apps.autogradeapp, nbgrader.apps.api, nbgrader.converters):
        module.Autograde = SafeAutograde
