"""Keep the list of submissions that an instructor should look at, from one run to the next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.common.atomic_write import write_whole
from grader.common.printable import printable

FILE = "needs-a-look.json"
UNFINISHED = "its grading was not finished; run the same command again"


class LookList:
    """The list of one assignment, in a file in the course's folder.

    Parameters
    ----------
    course : Path
    assignment : str
    """

    def __init__(self, course: Path, assignment: str) -> None:
        self.path = course / FILE
        self._submitted = course / "submitted"
        self._assignment = assignment

    def report(self, student: str, problems: Sequence[str]) -> None:
        """Replace what is known about a student; without problems, the student is not listed.

        Students whose submissions are gone are not listed any more, either.
        """
        everything = self._read()
        before = everything.get(self._assignment, {})
        known = {
            printable(path.parent.name) for path in self._submitted.glob(f"*/{self._assignment}")
        }
        listed = {name: lines for name, lines in before.items() if name in known}
        listed.pop(printable(student), None)
        if problems:
            listed[printable(student)] = [printable(problem) for problem in problems]
        if listed == before:
            return
        everything[self._assignment] = listed
        text = json.dumps(everything, indent=2, ensure_ascii=False, sort_keys=True)
        write_whole(text + "\n", self.path)

    def among(self, students: Iterable[str]) -> dict[str, list[str]]:
        """Return the problems of those students that have any."""
        listed = self._read().get(self._assignment, {})
        names = map(printable, students)
        return {name: listed[name] for name in names if listed.get(name)}

    def _read(self) -> dict[str, dict[str, list[str]]]:
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):  # there is none yet, or someone has edited it
            return {}
        return found if isinstance(found, dict) else {}
