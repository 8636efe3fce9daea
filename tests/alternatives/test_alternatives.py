"""Correct submissions by nine imaginary students: every one of them must earn every mark.

The folders beside this file differ in all that is a matter of taste (README.md says how). A mark
lost here is a bug of the grader, never of the submission.
"""

import shutil
import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from datasets import load_digits
from grader.authoring.source_header import CORE, read_header
from grader.checking.course import all_parts, parts_to_write
from grader.grading.submission_grader import SubmissionGrader
from grader.submissions.local_submission import LocalSubmission
from tests.conftest import ROOT

HERE = Path(__file__).parent
FOLDERS = sorted(path.name for path in HERE.iterdir() if (path / "ex01_correlate.py").is_file())

# With seed 139 a network of ex09's checks once diverged (and the reference failed with it); with 27 and
# 203 a right answer happened to lie so close to 0 that float32 could not be within the tolerance.
SEEDS = (0, 27, 139, 203, 20260131)

# `loops` needs 25 minutes for the milestones (XOR 0.4 s, 0 or 1 760 s, ten digits 840 s of a core), so
# here it does the other checks alone. By hand:
#     MNIST_DIR=... pytest grader --submission tests/alternatives/loops -k milestones
FAST = [folder for folder in FOLDERS if folder != "loops"]

load_digits_once = cache(load_digits)


@pytest.fixture(autouse=True)
def _state_of_numpy():
    """Leave the global generator as it was: checks seed it, submissions draw from it."""
    state = np.random.get_state()
    yield
    np.random.set_state(state)


def parts_in(folder, *, milestones=False):
    """Return the parts of the exercises that a folder has, or the milestones of the core course."""
    if milestones:
        return [part for part in all_parts() if part.exercise == "milestones"]
    return [part for part in parts_to_write() if (folder / f"{part.exercise}.py").is_file()]


def complaints(folder, parts, seed):
    """Run the checks of some parts; return what the submission would be told, check by check."""
    grader = SubmissionGrader(LocalSubmission(folder), seed, load_digits_once, name_mistakes=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            f"{check.id}, seed {seed}: {check.status} at {check.location}\n{check.message()}"
            for check in grader.run_all(parts)
            if check.status != "passed"
        ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_exercises_earn_full_marks(folder, seed):
    found = complaints(HERE / folder, parts_in(HERE / folder), seed)
    assert not found, "\n\n".join(found)


@pytest.mark.parametrize("folder", FAST)
def test_milestones_earn_full_marks(folder):
    parts = parts_in(HERE / folder, milestones=True)
    found = complaints(HERE / folder, parts, seed=0)
    assert not found, "\n\n".join(found)


def test_files_as_windows_editors_save_them(tmp_path):
    folder = shutil.copytree(HERE / "im2col", tmp_path / "im2col")
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8-sig", newline="\r\n")
        assert path.read_bytes().startswith(b"\xef\xbb\xbf# ")
    found = complaints(folder, parts_in(folder), seed=0)
    assert not found, "\n\n".join(found)


def test_exercises_have_alternatives_of_several_kinds():
    # An exercise may have none. One of the core that has any has them of every kind, others of three.
    assert len(FOLDERS) == 9
    kinds = Counter(file.stem for folder in FOLDERS for file in (HERE / folder).glob("ex*.py"))
    assert len(kinds) >= 10
    for exercise, number in kinds.items():
        core = read_header(ROOT / f"solutions/{exercise}.py").assignment == CORE
        assert number >= (len(FOLDERS) if core else 3), exercise


def test_odd_bytes_have_survived_editors_and_git():
    assert (HERE / "noisy/ex03_reshape.py").read_bytes().count(b"\r\n") > 20
    assert b"\n\t" in (HERE / "noisy/ex05_activations.py").read_bytes()
