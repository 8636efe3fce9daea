"""The steps that nbgrader runs for each notebook, with our grader instead of a kernel."""

from __future__ import annotations

import io
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook, new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.authoring.notebooks import grade_id
from grader.checking.course import all_parts
from grader.nbgrader_stage.batch import batch
from grader.results import PartResult
from grader.views.difference_picture import part_png
from grader.views.notebook_text import part_text

Resources = dict[str, Any]
PARTS = {grade_id(part): part.id for part in all_parts()}


class CleaningExporter(NotebookExporter):
    """Begins with an empty notebook, where nbformat would refuse a student's or read it for long."""

    def from_filename(
        self, filename: str, resources: Resources | None = None, **kw: Any
    ) -> tuple[NotebookNode, Resources]:
        """Return the notebook in a file after all preprocessors have run."""
        path = Path(filename)
        if batch().course / "submitted" not in path.parents:  # one that we wrote ourselves
            return super().from_filename(filename, resources, **kw)
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        modified = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
        resources["metadata"] |= {
            "name": path.stem,
            "path": str(path.parent),
            "modified_date": modified.strftime("%B %-d, %Y"),
        }
        text = nbformat.writes(new_notebook())  # `RestoreCourseCells` puts in the student's cells
        return self.from_file(io.StringIO(text), resources=resources, **kw)


class RestoreCourseCells(NbGraderPreprocessor):  # type: ignore[misc]
    """Merges the student's cells into the notebook that was released."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:  # noqa: ARG002
        """Return the rebuilt notebook."""
        where = resources["nbgrader"]
        submitted = batch().submitted(where["assignment"], where["student"])
        return submitted.notebooks[where["notebook"]], resources


class GradeSubmission(NbGraderPreprocessor):  # type: ignore[misc]
    """Grades the whole submission in a sandbox, and shows reports and marks below marked cells."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Return the notebook with the outputs of its marked cells."""
        where = resources["nbgrader"]
        graded = batch().graded(where["assignment"], where["student"])
        number = 0
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            number += 1
            cell.execution_count = number
            part = PARTS.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
            cell.outputs = _outputs(graded[part], number) if part else []
            if part:  # in Jupyter, the report comes first; its call can be unfolded
                cell.metadata["jupyter"] = {"source_hidden": True}
        return nb, resources


def _outputs(part: PartResult, number: int) -> list[NotebookNode]:
    """Return a cell's outputs: the report, a picture, and the marks in nbgrader's format."""
    text = part_text(part)
    if part.printed:
        text += f"Your code printed:\n{part.printed}"
    outputs = [new_output("stream", name="stdout", text=text)]
    if picture := part_png(part):
        png = {"image/png": b64encode(picture).decode("ascii")}
        outputs.append(new_output("display_data", png))
    marks = {"text/plain": str(float(part.score))}
    return [*outputs, new_output("execute_result", marks, execution_count=number)]
