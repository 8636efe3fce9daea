"""Fixtures and helpers for the sandbox tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from datasets import load_digits
from grader.checking.course import all_parts
from grader.grading.submission_grader import SubmissionGrader
from grader.results_file import to_document
from grader.sandbox.client.open_submission import open_sandboxed, open_unsafe
from grader.sandbox.resource_limits import Limits
from grader.submissions.submission import Submission

needs_bubblewrap = pytest.mark.skipif(
    shutil.which("bwrap") is None, reason="bubblewrap is not installed"
)


def records(submission: Submission, *parts: str) -> dict[str, Any]:
    """Grade the parts whose ids begin with one of these; return the record of each check."""
    found, grader = {}, SubmissionGrader(submission, 0, cache(load_digits))
    for part in all_parts():
        if not (part.id.startswith(parts) if parts else part.target):
            continue
        for check in part.checks:
            result = grader.run(check, part)
            found[check.id] = to_document(replace(result, seconds=0.0))
    return found


Opened = Callable[..., Submission]


def _opener(open_: Callable[..., Submission]) -> Iterator[Opened]:
    opened = []

    def open_one(folder: Path, limits: Limits | None = None) -> Submission:
        opened.append(open_(folder, limits or Limits()))
        return opened[-1]

    yield open_one
    for submission in opened:
        submission.stop()


@pytest.fixture
def sandboxed() -> Iterator[Opened]:
    """Open a folder in a sandbox."""
    yield from _opener(open_sandboxed)


@pytest.fixture
def unsafe() -> Iterator[Opened]:
    """Open a folder in a separate process, without a sandbox."""
    yield from _opener(open_unsafe)
