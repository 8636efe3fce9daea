"""Grade the corpus, with the command that users of a checkout have."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.corpus.graded import Graded, Results, fingerprint, read_graded, write_graded
from tests.corpus.manifest import Submission, read_manifest
from tests.corpus.records import check_records

PATIENCE = 1800
"""Seconds after which a grading is given up. The slowest takes minutes."""
LAST_LINES = 15
"""Lines of a command's output that say why it has failed."""


class Grader(NamedTuple):
    """A checkout, and the Python to run it with."""

    checkout: Path
    python: str

    def grade(self, corpus: Path, submission: Submission) -> Graded:
        """Grade one submission, in a process of its own."""
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, "results.json")
            command = self._command(corpus.resolve() / submission.id, target, submission)
            problem = self._run(command)
            if target.exists():
                document = json.loads(target.read_text("utf-8"))
                problem, checks = "", check_records(document)
            else:
                checks = []
        if not (problem or checks):
            problem = "nothing was graded"
        return Graded(seconds=round(time.monotonic() - start, 1), problem=problem, checks=checks)

    def _command(self, folder: Path, target: Path, submission: Submission) -> list[str]:
        command = [self.python, "-m", "pytest", "grader", "-q", "-p", "no:cacheprovider"]
        command += ["-k", " or ".join(submission.exercises)]
        command += [f"--submission={folder}", f"--results={target}"]
        if submission.sandbox:
            command.append("--sandbox")
        return command + [f"--limit={limit}" for limit in submission.limits]

    def _run(self, command: list[str]) -> str:
        """Run a command; return its last lines."""
        environment = os.environ | {
            "PYTHONPATH": str(self.checkout),  # before a checkout that is installed
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # a second of every run
            "COLUMNS": "120",
        }
        try:
            done = subprocess.run(
                command,
                cwd=self.checkout,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"had not ended after {PATIENCE} seconds"
        lines = done.stdout.decode("utf-8", "replace").splitlines()[-LAST_LINES:]
        return "\n".join([f"ended with status {done.returncode}", *lines])


def grade(corpus: Path, grader: Grader, out: Path, kinds: Sequence[str]) -> int:
    """Grade the submissions of some kinds, or of all, that have not been; return the exit status.

    Raises
    ------
    ValueError
        If `out` has results of another state of the checkout, or there is no such kind.
    """
    submissions = read_manifest(corpus)
    if unknown := set(kinds) - {submission.kind for submission in submissions}:
        raise ValueError(f"{corpus} has no submissions of kind {', '.join(sorted(unknown))}")
    chosen = [one for one in submissions if not kinds or one.kind in kinds]
    results = _earlier(out, fingerprint(grader.checkout))
    done = results["submissions"]
    problems = 0
    for number, submission in enumerate(chosen, 1):
        if submission.id in done and not done[submission.id]["problem"]:
            continue
        graded = done[submission.id] = grader.grade(corpus, submission)
        write_graded(out, results)
        marks = sum(record["marks"] for record in graded["checks"])
        most = sum(record["max_marks"] for record in graded["checks"])
        verdict = graded["problem"] or f"{marks}/{most}, {graded['seconds']} s"
        print(f"{number}/{len(chosen)} {submission.id}: {verdict}", flush=True)
        problems += bool(graded["problem"])
    print(f"{len(chosen)} submissions, {problems} of which could not be graded.")
    return 1 if problems else 0


def _earlier(out: Path, grader: str) -> Results:
    """Return the results to add to."""
    if not out.exists():
        return Results(grader=grader, submissions={})
    results = read_graded(out)
    if results["grader"] != grader:
        raise ValueError(f"{out} was made by another grader: name a new file, or delete this one")
    return results
