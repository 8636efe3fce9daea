"""A word of praise for each exercise that is complete and was not before."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from grader.results import Results


def complete_exercises(results: Results) -> list[str]:
    """Return the exercises and milestones with full marks, in their order."""
    groups = groupby(results.parts, key=lambda part: part.id.partition("/")[0])
    return [name for name, parts in groups if all(part.score == part.max_score for part in parts)]


def cheer(results: Results, before: Collection[str], *, total: int) -> str:
    """Return one line about what is newly complete; empty if nothing is.

    Parameters
    ----------
    results : Results
    before : collection of str
        What was complete after the last run.
    total : int
        The marks of the whole course; the run may be of a part of it.
    """
    new = [name for name in complete_exercises(results) if name not in before]
    if not new:
        return ""
    if results.score == total:
        return (
            f"All {total} marks! Every number that your network computes now comes out of "
            "your own code."
        )
    names = " and ".join([", ".join(new[:-1]), new[-1]] if len(new) > 1 else new)
    return f"Well done: {names} {'is' if len(new) == 1 else 'are'} complete."
