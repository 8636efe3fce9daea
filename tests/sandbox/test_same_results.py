"""Marks and messages are the same in every backend."""

from pathlib import Path

import pytest

from grader.misconceptions import all_misconceptions
from grader.sandbox.client import sandboxed_submission
from grader.submissions import local_submission
from grader.submissions.local_submission import LocalSubmission
from tests.conftest import THOROUGH
from tests.sandbox.conftest import needs_bubblewrap, records

ROOT = Path(__file__).resolve().parents[2]
ALTERNATIVES = sorted(
    path.parent for path in (ROOT / "tests/alternatives").glob("*/ex01_correlate.py")
)
FOLDERS = [ROOT / "solutions", ROOT / "exercises", *ALTERNATIVES]

MISTAKEN = """
from grader.checking.course import all_parts
from grader.misconceptions import all_misconceptions
from grader.misconceptions.reference_submission import ReferenceSubmission

known = all_misconceptions()[{number}]
part = next(part for part in all_parts() if part.id == known.part)
globals().update(vars(ReferenceSubmission(part, known.function).load(part.exercise).target))
"""


@needs_bubblewrap
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_same_results_for_right_and_empty_submissions(folder, sandboxed):
    assert records(sandboxed(folder)) == records(LocalSubmission(folder))


def some_misconceptions():
    """Return the numbers of one misconception for each part, or of all (which takes minutes)."""
    numbers = {known.part: number for number, known in enumerate(all_misconceptions())}
    return range(len(all_misconceptions())) if THOROUGH else sorted(numbers.values())


def mistaken(folder, number):
    """Write a submission with one misconception."""
    part = all_misconceptions()[number].part
    exercise = next((ROOT / "solutions").glob(f"{part.partition('/')[0]}_*.py")).name
    (folder / exercise).write_text(MISTAKEN.format(number=number), "utf-8")
    return part.partition("/")[0]


@pytest.mark.parametrize("number", some_misconceptions())
def test_same_results_for_a_misconception(number, tmp_path, unsafe, monkeypatch):
    # A sandbox hides the catalogue, so the process runs without one. And no exercise may import the
    # catalogue's package, so imports are not checked.
    for module in (sandboxed_submission, local_submission):
        monkeypatch.setattr(module, "packages_reached", lambda *_: set())
    exercise = mistaken(tmp_path, number)
    local = records(LocalSubmission(tmp_path), exercise)
    assert records(unsafe(tmp_path), exercise) == local
    assert any(record["status"] in ("failed", "error") for record in local.values())


@needs_bubblewrap
@pytest.mark.parametrize(
    "unused",
    [
        "import scipy",
        "import scipy.signal as signal",
        "from scipy import signal, ndimage",
        "from scipy.signal import correlate2d as theirs",
        "def compare(*images):\n    from scipy import signal\n\n    return signal.correlate2d(*images)",
    ],
)
def test_same_results_for_a_forbidden_package_that_is_not_used(unused, tmp_path, sandboxed):
    text = (ROOT / "solutions/ex01_correlate.py").read_text("utf-8")
    (tmp_path / "ex01_correlate.py").write_text(f"{unused}\n{text}", "utf-8")
    local = records(LocalSubmission(tmp_path), "ex01")
    assert records(sandboxed(tmp_path), "ex01") == local
    assert {record["status"] for record in local.values()} == {"passed"}


@needs_bubblewrap
def test_a_forbidden_package_cannot_be_used(tmp_path, sandboxed):
    """This holds even if the import is hidden from the analysis of the file."""
    text = (ROOT / "solutions/ex01_correlate.py").read_text("utf-8")
    hidden = 'np.__dict__["__builtins__"]["__import__"]("scipy.signal").signal.correlate2d'
    text = text.replace("correlate2d(image, kernel[", f"{hidden}(image, kernel[")
    (tmp_path / "ex01_correlate.py").write_text(text, "utf-8")
    record = records(sandboxed(tmp_path), "ex01")["ex01/convolve2d/valid"]
    assert record["status"] == "error"
    assert "scipy.signal.correlate2d is not available here" in str(record)
