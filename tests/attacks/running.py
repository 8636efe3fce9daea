"""Grade an attack, and find out what it achieved."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from datasets import load_digits
from grader.checking import setup_calls
from grader.checking.course import all_parts
from grader.checking.part_declaration import Part
from grader.grading.submission_grader import SubmissionGrader
from grader.results_file import to_document
from grader.sandbox.client import remote_backend
from grader.sandbox.client.open_submission import SharedSandbox
from grader.sandbox.client.output import MARGIN
from grader.sandbox.client.sandboxed_submission import slow_imports
from grader.sandbox.resource_limits import Limits, with_settings
from grader.submissions.submission import Submission
from tests.attacks.attack import Attack
from tests.attacks.surroundings import ROOT, Surroundings

SECONDS, PATIENCE, GRACE = 1.0, 0.4, 1.0
"""For a check, for a call in it that may fail, and for the process to say that its time is up: a fifth
of the usual, or a third. Some attacks use it all up."""
OUTPUT = 10_000_000
"""How many characters of output are kept: a secret that was cut off would not be noticed."""
MOST_MEMORY = 400
"""Megabytes that the grader may take for an attack."""
WITNESSES = ("ex01_correlate", "ex03_reshape")
"""The exercises of the right submission that is graded after each attack."""


class Graded(NamedTuple):
    """The record of each part, by its id, and what was printed meanwhile."""

    parts: Mapping[str, Any]
    printed: str


class Verdict(NamedTuple):
    """What an attack achieved (nothing, if all is well), the marks that it got, and those due."""

    faults: list[str]
    marks: int
    due: int


def judge(attack: Attack) -> Verdict:
    """Grade an attack, and list what went wrong."""
    faults: list[str] = []
    # Not in /tmp: the sandbox has its own /tmp, so this would prove nothing.
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        around = Surroundings(Path(name))
        attack.write(around.submission)
        try:
            with around.watched(faults), _memory(faults):
                if attack.whole:
                    graded = _by_command(attack, around)
                else:
                    graded = _in_process(attack, around, faults)
        finally:
            around.close()
    due = {part.id: attack.due.get(part.id, part.marks) for part in _parts(attack)}
    got = {id: graded.parts[id]["score"] if id in graded.parts else None for id in due}
    faults += [
        f"{id} got {got[id]} marks, but {due[id]} are due" for id in due if got[id] != due[id]
    ]
    text = json.dumps(graded.parts, ensure_ascii=False) + graded.printed
    faults += around.leaks(text)
    if not all(c.isprintable() or c in "\n\t" for c in text):
        faults.append("unprintable characters reached the terminal")
    return Verdict(faults, sum(marks or 0 for marks in got.values()), sum(due.values()))


def _parts(attack: Attack) -> list[Part]:
    """Return the parts to grade, in their order."""
    known = all_parts()
    return [part for name in attack.exercises for part in known if part.id.startswith(f"{name}/")]


def _in_process(attack: Attack, around: Surroundings, faults: list[str]) -> Graded:
    """Grade as a batch does: in processes that serve another submission after this one."""
    limits = with_settings(Limits(output=OUTPUT), attack.limits)
    preload = slow_imports(around.submission)
    shared = SharedSandbox(around.submission, limits, [around.root], preload)
    try:
        with (
            patch.object(setup_calls, "SETUP_CALL_SECONDS", PATIENCE),
            patch.object(remote_backend, "GRACE", GRACE),
        ):
            graded = _graded(_parts(attack), shared.open(), around.seed)
        faults += _damage_to_the_next(shared, around)
    finally:
        shared.stop()
    if not all(line.startswith(MARGIN) for line in graded.printed.splitlines()):
        # Such a line could pass for one of the grader's; `judge` reports the unprintable character.
        return graded._replace(printed=graded.printed + "\0")
    return graded


def _graded(parts: Iterable[Part], submission: Submission, seed: int) -> Graded:
    """Grade parts, each check with less time than it usually has."""
    found, grader = {}, SubmissionGrader(submission, seed, cache(load_digits))
    with redirect_stdout(io.StringIO()) as output:
        try:
            for part in parts:
                checks = tuple(replace(c, seconds=min(c.seconds, SECONDS)) for c in part.checks)
                short = replace(part, checks=checks)
                found[part.id] = to_document(grader.run_part(short))
        finally:
            submission.stop()
    return Graded(found, output.getvalue())


def _damage_to_the_next(shared: SharedSandbox, around: Surroundings) -> list[str]:
    """Grade a right submission after the attack, and list the damage to it."""
    parts = [part for part in all_parts() if part.exercise in WITNESSES]
    with around.solved_instead(WITNESSES):
        found, printed = _graded(parts, shared.open(), around.seed)
    faults = [f"the next one lost {part.id}" for part in parts if not _is_whole(found[part.id])]
    return [*faults, *(["the next one was shown what this one printed"] if printed else [])]


def _is_whole(part: Any) -> bool:
    return bool(part["score"] == part["max_score"])


def _by_command(attack: Attack, around: Surroundings) -> Graded:
    """Grade as a user does, on the command line."""
    command = [sys.executable, "-m", "pytest", "grader", "--sandbox"]
    command += ["--submission", str(around.submission), "-k", " or ".join(attack.exercises)]
    with tempfile.TemporaryDirectory() as name:
        target = Path(name, "results.json")
        done = subprocess.run(
            [*command, "--results", str(target), "--seed", str(around.seed)],
            cwd=ROOT,
            env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},  # saves a second in every run
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        document = json.loads(target.read_text("utf-8")) if target.exists() else {"parts": []}
    printed = (done.stdout + done.stderr).replace(f"seed: {around.seed}", "")
    return Graded({part["id"]: part for part in document["parts"]}, printed)


@contextmanager
def _memory(faults: list[str]) -> Iterator[None]:
    """Report if this process takes much memory in a block."""
    Path("/proc/self/clear_refs").write_text("5")  # resets the peak
    before = _peak()
    yield
    if (taken := _peak() - before) > MOST_MEMORY:
        faults.append(f"the grader took {taken} MB")


def _peak() -> int:
    """Return this process's peak memory, in megabytes."""
    status = Path("/proc/self/status").read_text("utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1000
