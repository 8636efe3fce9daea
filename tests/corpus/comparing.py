"""Compare what two checkouts have made of the corpus."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.corpus.graded import Graded, Results, read_graded
from tests.corpus.records import Record

COMPARED = ("marks", "max_marks", "status", "misconception")


class Row(NamedTuple):
    """What came of one kind."""

    submissions: int
    checks: int
    differences: list[str]


def compare(one: Path, other: Path, kinds: Collection[str] = ()) -> int:
    """Print a table by kind, and each difference in a line; return the exit status.

    Without `kinds`, all are compared.
    """
    results = read_graded(one), read_graded(other)
    table = {kind: row for kind, row in rows(*results).items() if not kinds or kind in kinds}
    line = "{:16}{:>12}{:>8}{:>13}".format
    print(line("kind", "submissions", "checks", "differences"))
    for kind, row in table.items():
        print(line(kind, row.submissions, row.checks, len(row.differences)))
    differences = [difference for row in table.values() for difference in row.differences]
    submissions = sum(row.submissions for row in table.values())
    checks = sum(row.checks for row in table.values())
    print(line("together", submissions, checks, len(differences)))
    if results[0]["grader"] == results[1]["grader"]:
        print("\nBoth were graded by the same state of the grader.")
    verdict = "There is no difference." if checks else "There is nothing to compare."
    print("\n".join(["", *(differences or [verdict])]))
    return 1 if differences or not checks else 0


def rows(one: Results, other: Results) -> dict[str, Row]:
    """Return what came of each kind, in the order of the first results."""
    both = one["submissions"], other["submissions"]
    table: dict[str, Row] = {}
    for id in dict.fromkeys([*both[0], *both[1]]):
        kind = id.partition("/")[0]
        row = table.setdefault(kind, Row(0, 0, []))
        left, right = (submissions.get(id) for submissions in both)
        found = [f"{id}: {text}" for text in _differences(left, right)]
        checks = max(len(graded["checks"]) for graded in (left, right) if graded)
        table[kind] = Row(row.submissions + 1, row.checks + checks, row.differences + found)
    return table


def _differences(one: Graded | None, other: Graded | None) -> Iterator[str]:
    """Say in what the two results of a submission differ."""
    if not (one and other):
        yield f"graded only in the {'first' if one else 'second'}"
        return
    for graded, which in ((one, "first"), (other, "second")):
        if graded["problem"]:
            reason = " ".join(graded["problem"].split())
            yield f"could not be graded in the {which}: {reason}"
    left, right = _by_id(one), _by_id(other)
    for id in dict.fromkeys([*left, *right]):
        if id not in left or id not in right:
            yield f"{id} is only in the {'first' if id in left else 'second'}"
            continue
        before, after = ([record.get(key) for key in COMPARED] for record in (left[id], right[id]))
        changes = [
            f"{key} {a!r} -> {b!r}"
            for key, a, b in zip(COMPARED, before, after, strict=True)
            if a != b
        ]
        if changes:
            yield f"{id}: {', '.join(changes)}"


def _by_id(graded: Graded) -> dict[str, Record]:
    return {f"{record['part']}/{record['check']}": record for record in graded["checks"]}
