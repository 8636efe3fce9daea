"""`results.json`: the one record of a grading that every view is made from.

The document, schema version 1:

- `schema_version`: 1.
- `submission`: the name of the folder that was graded.
- `seed`: what the inputs were drawn from; null where that is a secret.
- `score`, `max_score`: the sums over the parts that were run.
- `where`: where the code ran, "here" (in the grader's own process), "sandboxed", or "unsafe" (in a
  process of its own without a sandbox: marks of code that is not trusted mean nothing).
- `seconds`: how long it took. Nothing else in the document differs between two equal gradings.
- `parts`: a list of `id` ("ex02/backward"), `title`, `score`, `max_score`, `status` and `checks`.
- a check: `name`, `title`, `marks`, `max_marks`, `status`, `message`, `place` (where in the submission
  to go on, "ex02_convolutional.py:81", or null), `misconception` (the name of a known one, or null).

A status is passed, failed, not_started, error, timeout or blocked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypedDict

from grader.checking.check_run import Outcome
from grader.checking.parts import Check, Part
from grader.common.atomic_write import write_whole
from grader.common.printable import printable
from grader.misconceptions import Misconception

SCHEMA_VERSION = 1
LONGEST = 3000
"""Characters of a message."""
WORST_FIRST = ("timeout", "error", "failed", "blocked", "not_started", "passed")


class CheckResult(TypedDict):
    """One check in `results.json`."""

    name: str
    title: str
    marks: int
    max_marks: int
    status: str
    message: str
    place: str | None
    misconception: str | None


class PartResult(TypedDict):
    """One part in `results.json`."""

    id: str
    title: str
    score: int
    max_score: int
    status: str
    checks: list[CheckResult]


class Results(TypedDict):
    """The whole of `results.json`."""

    schema_version: int
    submission: str
    seed: int | None
    where: str
    score: int
    max_score: int
    seconds: float
    parts: list[PartResult]


def check_result(check: Check, outcome: Outcome, known: Misconception | None = None) -> CheckResult:
    """Return the record of one check, and of the misconception that it shows."""
    return CheckResult(
        name=check.name,
        title=check.title,
        marks=check.marks if outcome.status == "passed" else 0,
        max_marks=check.marks,
        status=outcome.status,
        message=message(outcome, known),
        place=printable(outcome.place) or None,
        misconception=known.name if known else None,
    )


def message(outcome: Outcome, known: Misconception | None) -> str:
    """Return all that a student is told: the call, the mistake if it is a known one, the difference."""
    lines = [outcome.call]
    if known:
        lines += [f"This looks like: {known.name}.", known.explanation, f"Hint: {known.hint}"]
    lines.append(outcome.message)
    text = "\n".join(line for line in lines if line)
    shown = printable(text[: LONGEST + 1], keep="\n")
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]} …"


def part_result(part: Part, done: Mapping[str, CheckResult]) -> PartResult:
    """Return the record of a part, from those of its checks that were run, by their ids."""
    checks = [done[check.id] for check in part.checks if check.id in done]
    return PartResult(
        id=part.id,
        title=part.title,
        score=sum(check["marks"] for check in checks),
        max_score=sum(check["max_marks"] for check in checks),
        status=min((check["status"] for check in checks), key=WORST_FIRST.index),
        checks=checks,
    )


def collect(
    parts: Iterable[Part],
    done: Mapping[str, CheckResult],
    *,
    submission: str,
    seed: int | None,
    where: str,
    seconds: float,
) -> Results:
    """Put the records of checks together, in the order of the course."""
    found = [
        part_result(part, done) for part in parts if any(check.id in done for check in part.checks)
    ]
    return Results(
        schema_version=SCHEMA_VERSION,
        submission=printable(submission),
        seed=seed,
        where=where,
        score=sum(part["score"] for part in found),
        max_score=sum(part["max_score"] for part in found),
        seconds=round(seconds, 3),
        parts=found,
    )


def write(results: Results, path: Path) -> None:
    """Write `results.json`, whole or not at all; to a pipe or a device, as it comes.

    Raises
    ------
    OSError
        If the file cannot be written; an older one is left as it was.
    """
    text = json.dumps(results, indent=2, ensure_ascii=False) + "\n"
    if path.exists() and not path.is_file():  # a file must not take the place of /dev/stdout
        path.write_text(text, encoding="utf-8")
    else:
        write_whole(text, path)
