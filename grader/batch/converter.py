"""nbgrader's autograde, which looks after every submission before and after."""

from __future__ import annotations

import glob
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.converters
from nbgrader.converters import Autograde, NbGraderException

from grader.batch.grading import Batch, batch, start
from grader.batch.submitted import complete
from grader.sandbox.jail import NoJail


class CompleteAutograde(Autograde):  # type: ignore[misc]
    """Grades submissions that nbgrader would skip, and says at the end which ones need a look."""

    def init_notebooks(self) -> None:
        """See that each submission has every notebook, and find them."""
        running = batch()
        try:
            running.begin()
        except NoJail as error:
            self.log.error("No submission was graded: %s", error)
            raise NbGraderException(str(error)) from None
        assignment = self.coursedir.assignment_id
        sources = running.sources(assignment)
        pattern = self._format_source(assignment, self.coursedir.student_id)
        for folder in map(Path, sorted(glob.glob(pattern))):  # noqa: PTH207 (nbgrader's own pattern)
            if folder.is_dir():
                student = folder.parent.name
                running.troubles.setdefault(student, []).extend(complete(folder, sources))
        super().init_notebooks()

    def convert_notebooks(self) -> None:
        """Grade, and say what needs a look."""
        try:
            super().convert_notebooks()
        finally:
            found = {name: lines for name, lines in batch().troubles.items() if lines}
            for student, troubles in found.items():
                self.log.warning("%s needs a look: %s", student, "; ".join(troubles))
        if found:
            raise NbGraderException(f"{len(found)} submissions need a look; all others are done.")


def install(new: Batch) -> None:
    """Have nbgrader's command and its formgrader use this autograde.

    nbgrader has no setting for the class, and no hook before it has looked for notebooks.
    """
    start(new)
    for module in (nbgrader.apps.autogradeapp, nbgrader.apps.api, nbgrader.converters):
        module.Autograde = CompleteAutograde
