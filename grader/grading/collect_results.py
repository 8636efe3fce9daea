"""Put the results of checks together: by parts, and as the record of a whole grading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from grader.checking.course import all_parts
from grader.checking.part_declaration import Part
from grader.common.printable import printable
from grader.results import CheckResult, Location, PartResult, Results
from grader.status import WORST_FIRST


def relocated(check: CheckResult, move: Callable[[Location], Location]) -> CheckResult:
    """Return a result with all its locations translated by `move`.

    Notebooks are graded as modules, but students need to know the cell and the line in it.
    """
    location, error = check.location, check.error
    if error is not None:
        frames = (replace(frame, location=move(frame.location)) for frame in error.frames)
        error = replace(error, frames=tuple(frames))
    return replace(check, location=move(location) if location else None, error=error)


def part_result(part: Part, checks: Iterable[CheckResult]) -> PartResult:
    """Return the result of a part from those of its checks, of which there is at least one."""
    checks = tuple(checks)
    return PartResult(
        id=part.id,
        title=part.title,
        exercise=part.exercise,
        score=sum(check.marks for check in checks),
        max_score=sum(check.max_marks for check in checks),
        status=min((check.status for check in checks), key=WORST_FIRST.index),
        checks=checks,
    )


def results_of(
    parts: Iterable[PartResult], *, submission: str, seed: int | None, where: str, seconds: float
) -> Results:
    """Return the results of a submission from those of its parts."""
    parts = tuple(parts)
    return Results(
        submission=printable(submission),
        seed=seed,
        where=where,
        score=sum(part.score for part in parts),
        max_score=sum(part.max_score for part in parts),
        seconds=round(seconds, 3),
        parts=parts,
    )


def part_results(checks: Iterable[CheckResult]) -> list[PartResult]:
    """Group the results of checks by part, in the order of the course."""
    by_id = {check.id: check for check in checks}
    found = []
    for part in all_parts():
        done = [by_id[check.id] for check in part.checks if check.id in by_id]
        if done:
            found.append(part_result(part, done))
    return found
