"""Run `nbgrader autograde core` again and again, and kill it at chosen stages of one student.

`python -m tests.nbgrader_stage.killed COURSE` reads pairs of a stage and a signal's number as JSON, and
prints how each run ended. For each pair, COURSE is copied to the working folder. All runs are forked
from one process, since importing nbgrader takes longer than grading two exercises.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.apps import AutogradeApp
from nbgrader.preprocessors import SaveAutoGrades

from grader.nbgrader_stage import autograde, batch, finished, preprocessors

ROOT = Path(__file__).resolve().parents[2]
STUDENT = "ben"
STAGES: dict[str, tuple[Any, str, int]] = {
    "submissions completed": (autograde.SafeAutograde, "_complete", 1),
    "old results removed": (autograde.SafeAutograde, "init_destination", 1),
    "files copied": (autograde.SafeAutograde, "init_assignment", 1),
    "first notebook rebuilt": (preprocessors.RestoreCourseCells, "preprocess", 1),
    "graded": (batch.Batch, "graded", 1),
    "first marks saved": (SaveAutoGrades, "preprocess", 1),
    "first notebook written": (autograde.SafeAutograde, "convert_single_notebook", 1),
    "last marks saved": (SaveAutoGrades, "preprocess", 2),
    "last notebook written": (autograde.SafeAutograde, "convert_single_notebook", 2),
    "marker written": (finished, "finish", 1),
}
"""After which function's which call for the student: its owner, its name, the number of the call."""


def names_student(value: object) -> bool:
    """Return whether an argument says that a call is about the student."""
    if isinstance(value, dict):
        return bool(value.get("nbgrader", {}).get("student") == STUDENT)
    return STUDENT in Path(str(value)).parts


def kill_after(stage: str, number: int) -> None:
    """Make this process send itself a signal once a stage is done."""
    owner, name, which = STAGES[stage]
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def wrapped(*args: Any, **named: Any) -> Any:
        nonlocal calls
        done = original(*args, **named)
        if name == "_complete" or any(map(names_student, args)):
            calls += 1
            if calls == which:
                os.kill(os.getpid(), number)
        return done

    setattr(owner, name, wrapped)


def run(course: Path, log: Path, before: Callable[[], None] = lambda: None) -> int:
    """Grade a course in a fork; return its exit status as `subprocess` does."""
    child = os.fork()
    if child == 0:
        output = os.open(log, os.O_CREAT | os.O_WRONLY)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.environ["GRADER_COURSE"] = str(course)
        status = 70
        try:
            before()
            AutogradeApp.launch_instance(["core"])
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(template: Path) -> None:
    """Run all pairs."""
    # Where signals are ignored (nohup, a background job), grading rightly ignores them, too.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(ROOT)
    found = []
    for number, (stage, ending) in enumerate(json.load(sys.stdin)):
        course = template.parent / f"killed-{number}"
        shutil.copytree(template, course)
        killed = run(course, course / "killed.log", lambda s=stage, n=ending: kill_after(s, n))
        again = run(course, course / "again.log")
        found.append((str(course), killed, again))
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
