"""A new exercise is two files: everything else follows."""

import json
import os
import shutil
import subprocess
import sys

import pytest

SOURCE = '''# ---
# jupyter:
#   exercise:
#     builds_on: []
#     minutes: 10
# ---

# %% [markdown]
# # Exercise 10: doubling

# %%
import numpy as np


def double(input: np.ndarray) -> np.ndarray:
    """Return twice the input."""
    # TODO: return twice the input.
    ### BEGIN SOLUTION
    return 2 * input
    ### END SOLUTION


# %% [markdown] hints="double"
# Look at the name of the function.
#
# Each number of the output is the sum of two numbers.
#
# y = x + x.
'''
CHECKS = '''"""Exercise 10: what is asked of `double`."""

from grader.checking import expect_close, marks, part, random


@part("ex10/double", target="double")
class TestDouble:
    """double"""

    @marks(3)
    def test_values(self, exercise, rng):
        """Every number is doubled."""
        x = random(rng, 3, 4)
        expect_close(exercise.double(x), x + x, "the output")
'''


@pytest.fixture
def kit(root, tmp_path):
    """A copy of the kit with one exercise more."""
    ignored = shutil.ignore_patterns("__pycache__", ".generated.json")
    for folder in ("datasets", "grader", "solutions"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=ignored)
    (tmp_path / "docs").mkdir()
    for name in ("pyproject.toml", "docs/misconceptions.md"):
        shutil.copy(root / name, tmp_path / name)
    (tmp_path / "solutions" / "ex10_double.py").write_text(SOURCE, "utf-8")
    (tmp_path / "grader" / "test_ex10_double.py").write_text(CHECKS, "utf-8")
    return tmp_path


def run(kit, *words):
    env = {**os.environ, "PYTHONPATH": str(kit)}
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=kit, env=env, capture_output=True, text=True, check=False)


def test_it_is_built_graded_listed_and_hinted(kit):
    built = run(kit, "grader", "build")
    assert (built.returncode, built.stderr) == (0, "")
    assert "raise NotImplementedError" in (kit / "exercises/ex10_double.py").read_text("utf-8")
    assert "`double` | 3 |" in (kit / "exercises/README.md").read_text("utf-8")
    notebook = json.loads((kit / "course/source/core/ex10_double.ipynb").read_text("utf-8"))
    assert any("ex10-double" in json.dumps(cell["metadata"]) for cell in notebook["cells"])
    for folder, score in (("solutions", "3/3"), ("exercises", "0/3")):
        graded = run(kit, "pytest", "grader", "-k", "double", "--submission", folder)
        assert f"together {score}" in " ".join(graded.stdout.split())
    assert "Look at the name" in run(kit, "grader", "hint", "ex10").stdout
