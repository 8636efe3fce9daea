"""An endless loop costs its marks, and little time."""

import pytest

from datasets import load_digits
from grader.checking.part_declaration import Check, Declaration, Part
from grader.grading.submission_grader import SubmissionGrader
from grader.sandbox.client.open_submission import open_sandboxed
from grader.sandbox.resource_limits import Limits
from grader.status import Status
from grader.submissions.local_submission import LocalSubmission
from tests.sandbox.conftest import needs_bubblewrap

CODE = """
import time

def work(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
"""
LIMIT = 1.5


def opened(folder, *, sandboxed):
    """Open the submission in the folder."""
    if sandboxed:
        return open_sandboxed(folder, Limits())
    return LocalSubmission(folder)


def part_with(name, *durations):
    """Return a part whose checks each make the student's code work for so many seconds."""

    def check(number, seconds):
        def method(exercise):
            exercise.work(seconds)

        return Check(f"ex03/{name}", f"check_{number}", "it ends", 1, LIMIT, method)

    checks = tuple(check(number, seconds) for number, seconds in enumerate(durations))
    return Part(Declaration(f"ex03/{name}", "work"), name, "ex03_reshape", checks)


@pytest.mark.parametrize("sandboxed", [False, pytest.param(True, marks=needs_bubblewrap)])
def test_after_a_timeout_the_part_gets_less_time(tmp_path, sandboxed):
    """Quick checks of the same part still pass, and other parts have all their time."""
    (tmp_path / "ex03_reshape.py").write_text(CODE, "utf-8")
    submission = opened(tmp_path, sandboxed=sandboxed)
    grader = SubmissionGrader(submission, 0, load_digits)
    try:
        endless, other = part_with("endless", 0.5, 60, 60, 0), part_with("other", 0.5)
        checks = list(grader.run_all([endless, other]))
    finally:
        submission.stop()
    statuses = [check.status for check in checks]
    passed, timeout = Status.PASSED, Status.TIMEOUT
    assert statuses == [passed, timeout, timeout, passed, passed]
    assert [check.detail for check in checks if check.status is timeout] == [
        "did not finish within 1.5 seconds",
        "did not finish within 0.3 seconds",
    ]
