"""A new exercise is two files: everything else follows, the kit's own tests included.

`files/` holds three: `ex045_double`, in two files and nothing else; `ex90_scale`, of another
assignment, whose layer an optimiser updates, with hints and a known mistake; and `extra`, a milestone
that sees batches. One number lies between those of the course, one after them.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.runtime.provided_files import PROVIDED
from tests.conftest import ROOT, THOROUGH
from tests.sandbox.conftest import needs_bubblewrap

FILES = Path(__file__).with_name("files")
KIT = (
    *("benchmarks", "datasets", "docs", "exercises", "grader", "solutions", "tests", ".ci"),
    *(path.name for path in sorted(ROOT.glob("*.md"))),
    *("LICENSE", "CITATION.cff", "nbgrader_config.py", "pyproject.toml", "tox.ini"),
)
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".generated.json", "new_exercises", ".*_cache")
AUTHOR = ("-c", "user.name=Author", "-c", "user.email=author@example.org")
NEW = ("-k", "ex045 or ex90 or extra")
FOR_EVERY_EXERCISE = (
    *(
        f"tests/grader/test_{name}.py"
        for name in ("stubs", "hint_texts", "misconceptions", "texts")
    ),
    *("tests/properties/test_checks.py", "tests/alternatives", "tests/test_readme.py"),
    *(
        "-k",
        "ex045 or ex90 or extra or fresh_checkout or every_body or order or complete or readme",
    ),
)
"""The kit's tests that look at each exercise, for the new ones, and those that look at all at once."""


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """A copy of the kit with the new exercises, built."""
    kit = tmp_path_factory.mktemp("kit")
    for name in KIT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, kit / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, kit / name)
    for words in (("init", "-q"), ("add", "-A"), (*AUTHOR, "commit", "-q", "-m", "The kit")):
        subprocess.run(["git", *words], cwd=kit, check=True)
    shutil.copytree(FILES, kit, dirs_exist_ok=True, ignore=LEFT_OUT)
    built = run(kit, "grader", "build")
    assert (built.returncode, built.stderr) == (0, "")
    return kit


def run(kit, *words):
    """Run a module of the copy as a user does."""
    env = {**os.environ, "PYTHONPATH": str(kit), "GRADER_COURSE": str(kit / "course")}
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=kit, env=env, capture_output=True, text=True, check=False)


def total(kit, *words):
    """Return the total that a grading prints."""
    printed = " ".join(run(kit, "pytest", "grader", *NEW, *words).stdout.split())
    return printed.partition("total ")[2].partition(" ")[0]


def test_stub_notebook_map_and_catalogue_are_built(kit):
    assert "raise NotImplementedError" in (kit / "exercises/ex045_double.py").read_text("utf-8")
    for assignment, name in (("core", "ex045_double"), ("extra", "ex90_scale"), ("extra", "extra")):
        notebook = json.loads((kit / f"course/source/{assignment}/{name}.ipynb").read_text("utf-8"))
        marked = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
        assert any(cell.get("grade") for cell in marked)
    assert all((kit / "course/source/extra" / name).is_file() for name in PROVIDED)
    table = (kit / "exercises/README.md").read_text("utf-8")
    assert "`double` | 3 |" in table
    assert "| | **extra** | **11** | | |" in table
    assert "gradient averaged over the batch" in (kit / "docs/misconceptions.md").read_text("utf-8")


def test_it_is_graded(kit):
    assert total(kit, "--submission", "solutions") == "14/14"
    assert total(kit, "--submission", "exercises") == "0/14"


@needs_bubblewrap
def test_it_is_graded_in_a_sandbox(kit):
    assert total(kit, "--submission", "solutions", "--sandbox") == "14/14"


def test_a_wrong_answer_costs_its_marks_and_nothing_else(kit, tmp_path):
    wrong = {
        "ex045_double.py": ("2 * input", "3 * input"),
        "ex90_scale.py": ("np.sum(output_gradient", "np.mean(output_gradient"),
    }
    for name, (old, new) in wrong.items():
        text = (kit / "solutions" / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace(old, new), "utf-8")
    target = tmp_path / "results.json"
    done = run(
        kit,
        *("pytest", "grader", "-k", "ex045 or ex90"),
        *("--submission", str(tmp_path), "--results", str(target)),
    )
    assert done.returncode == 1
    results = json.loads(target.read_text("utf-8"))
    scores = {part["id"]: part["score"] for part in results["parts"]}
    assert scores == {"ex045/double": 0, "ex90/forward": 3, "ex90/backward": 2}
    checks = [check for part in results["parts"] for check in part["checks"] if not check["marks"]]
    named = [check["misconception"] and check["misconception"]["name"] for check in checks]
    assert named == [None, "gradient averaged over the batch"]


def test_hints_are_optional(kit):
    assert "How many outputs" in run(kit, "grader", "hint", "ex90/backward").stdout
    assert "There are no hints for ex045" in run(kit, "grader", "hint", "ex045").stderr


def test_the_doctor_says_what_would_make_it_better(kit):
    done = run(kit, "grader", "doctor")
    assert done.returncode == 0
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip().startswith("ex")]
    own = [line for line in lines if line.startswith(("ex045", "ex90", "extra"))]
    assert [line for line in own if "ex045_double: no hints for ex045/double" in line]
    assert "ex01_correlate: complete" in lines
    assert [line for line in own if line.startswith("ex90_scale: no reference")]


def test_the_kit_s_own_tests_pass(kit):
    chosen = ("tests",) if THOROUGH else FOR_EVERY_EXERCISE
    done = run(kit, "pytest", "-q", "-p", "no:cacheprovider", *chosen)
    assert done.returncode == 0, done.stdout[-5000:]


def test_a_misspelt_setting_is_an_error_of_its_file(kit, tmp_path):
    copy = shutil.copytree(kit, tmp_path / "kit", ignore=shutil.ignore_patterns("course", "tests"))
    path = copy / "grader/test_ex045_double.py"
    path.write_text(path.read_text("utf-8").replace("target=", "tarqet="), "utf-8")
    done = run(copy, "pytest", "grader", *NEW)
    assert "unexpected keyword argument 'tarqet'" in done.stdout + done.stderr
    assert "INTERNALERROR" not in done.stdout + done.stderr
    assert done.returncode != 0
