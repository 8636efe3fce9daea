"""A submission gets the same marks, part by part, in all four ways of grading.

They are `pytest grader`, `pytest grader --sandbox`, the notebooks in a plain kernel, and nbgrader's
autograde. Submissions that attack the grader are graded only in the sandbox.
"""

import json
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from grader.nbgrader_stage.batch import Batch
from tests.conftest import THOROUGH, environment
from tests.nbgrader_stage.conftest import ROOT
from tests.nbgrader_stage.gradebook import marks_in
from tests.nbgrader_stage.handed_in import ATTACKS
from tests.sandbox.conftest import needs_bubblewrap

pytestmark = needs_bubblewrap
FEW = ("ex02", "ex03", "ex04", "ex05")
"""The exercises that are compared unless the test run is thorough."""
FEW_STUDENTS = ("gives_itself_marks", "late", "mixed", "with_magic_and_failures")
"""The students, those whose code differs most."""
EXERCISES = ("ex", "milestones") if THOROUGH else FEW
PYTEST = [sys.executable, "-m", "pytest", "grader", "-q", "-p", "no:cacheprovider"]


@pytest.fixture(scope="module")
def folders(graded, tmp_path_factory):
    """Return each submission as a folder of modules, by student."""
    batch, target = Batch(graded, unsafe=False, limits=[]), tmp_path_factory.mktemp("modules")
    students = sorted(path.name for path in (graded / "submitted").iterdir())
    for student in students if THOROUGH else FEW_STUDENTS:
        (target / student).mkdir()
        for name, content in batch.submitted("core", student).files().items():
            (target / student / name).write_bytes(content)
    return {path.name: path for path in sorted(target.iterdir())}


def by_pytest(folder, target, *options):
    """Return the marks that pytest gives."""
    chosen = ["-k", " or ".join(EXERCISES)] if EXERCISES == FEW else []
    words = ["--submission", folder, "--results", target, *chosen, *options]
    command, env = [*PYTEST, *map(str, words)], environment({})
    subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True)
    return {part["id"]: part["score"] for part in json.loads(target.read_text("utf-8"))["parts"]}


def by_kernel(folder):
    """Return the marks that the notebooks show when a kernel runs them from the top."""
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        if not path.name.startswith(EXERCISES):
            continue
        notebook = nbformat.read(path, 4)
        resources = {"metadata": {"path": str(folder)}}
        # On a busy machine, a kernel's output may take a while to arrive.
        options = {"allow_errors": True, "iopub_timeout": 60}
        NotebookClient(notebook, resources=resources, **options).execute()
        for cell in notebook.cells:
            metadata = cell.metadata.get("nbgrader", {})
            if metadata.get("grade"):
                shown = [out for out in cell.outputs if out.output_type == "execute_result"]
                part = metadata["grade_id"].replace("-", "/", 1)
                assert shown, (path, cell.outputs)
                found[part] = float(shown[-1].data["text/plain"])
    return found


def test_every_way_gives_the_same(graded, folders, tmp_path):
    marks = marks_in(graded)
    assert set(marks) >= set(folders)
    for student, folder in folders.items():
        expected = {id: m for id, m in marks[student].items() if id.startswith(EXERCISES)}
        sandboxed = by_pytest(folder, tmp_path / "sandboxed.json", "--sandbox")
        assert sandboxed == expected, student
        if student in ATTACKS:
            continue
        assert by_pytest(folder, tmp_path / "here.json") == expected, student
        assert by_kernel(graded / "autograded" / student / "core") == expected, student
