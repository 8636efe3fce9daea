"""What `pip install .` gives students: a grader that gives no solution away."""

import os
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIND = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]


def is_left_out(package):
    """Return whether setuptools leaves a package out."""
    return any(fnmatch(package, pattern) for pattern in FIND["find"]["exclude"])


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with only the packages that are installed."""
    folder = tmp_path_factory.mktemp("installed")
    for top in ("grader", "datasets"):
        shutil.copytree(ROOT / top, folder / top, ignore=shutil.ignore_patterns("__pycache__"))
    inner = [path for path in folder.rglob("*") if path.is_dir()]
    for path in inner:
        if is_left_out(".".join(path.relative_to(folder).parts)) and path.is_dir():
            shutil.rmtree(path)
    return folder


def test_no_solution_is_installed(installed):
    """Nothing with an exercise's name is left but its checks."""
    for path in installed.rglob("*.py"):
        assert not path.name.startswith("ex0"), path
    assert (installed / "grader/misconceptions/matching.py").is_file()


GRADE = """
import sys
from pathlib import Path
import grader
from grader.api import Job, grade

for part in grade(Job(Path(sys.argv[1]), ("ex07/forward",))).parts:
    for check in part.checks:
        print(check.status.value, check.misconception, check.message())
print(grader.__file__)
"""


def test_the_grader_works_without_its_known_mistakes(installed, tmp_path):
    """A failed check has its message and no name, and nothing is said about what is missing."""
    shutil.copy(ROOT / "solutions" / "layer.py", tmp_path)
    code = (ROOT / "solutions" / "ex07_softmax.py").read_text("utf-8")
    assert code.count("input - np.max(input)") == 1
    code = code.replace("input - np.max(input)", "input")
    (tmp_path / "ex07_softmax.py").write_text(code, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", GRADE, tmp_path],
        cwd=installed,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *lines, where = done.stdout.splitlines()
    assert where == str(installed / "grader" / "__init__.py")
    text = "\n".join(lines)
    assert "failed None Softmax().forward" in text
    assert "passed None" in text
    assert "could not be compared" not in done.stderr
