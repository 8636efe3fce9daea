"""Make `exercises/README.md`, the map of the course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from grader.authoring.exercises import SourceError, read_source
from grader.checking.parts import Part, all_parts

HEAD = """\
# The exercises

Work through them in this order; each file explains its idea, works one example through with numbers,
and says at every `# TODO:` what to write. Delete the `raise NotImplementedError` below it when you do.
`layer.py` is given: all layers inherit from it.

| file | you write | marks | builds on | minutes |
|---|---|---|---|---|
"""

FOOT = """
Each exercise is graded on its own, so you may leave one out and come back. *Builds on* says which
earlier ones help to understand it. The milestones need no new code: your parts together learn XOR, tell
0 from 1, and read all ten digits.

```
pytest grader                    # everything
pytest grader -k convolutional   # one exercise
python exercises/ex01_correlate.py   # see what it does
python -m grader hint ex01       # stuck? the first of three hints; again for the next
```

Only the first failure: `pytest grader -x`. To look around with a debugger, write `breakpoint()` where
it should stop, or add `--pdb` to stop where your code raises an error.

To read the formulas as formulas, run `jupyter lab exercises`, right-click a file, and choose *Open
With*, *Notebook*. It is the same file, cell by cell. The pictures appear in it, too, which helps on a
machine without a screen.
"""


def exercise_map(sources: Iterable[Path]) -> str:
    """Return the text of the map.

    Parameters
    ----------
    sources : iterable of Path
        The files `exNN_*.py` in `solutions/`, whose headers say what they build on and how long they
        take.

    Raises
    ------
    SourceError
        If a header does not say it.
    """
    parts = all_parts()
    rows = []
    for path in sorted(sources):
        about = _about(path)
        own = [part for part in parts if part.exercise == path.stem]
        rows.append(
            f"| [{path.stem}.py]({path.stem}.py) | {_titles(own)} | {_marks(own)} "
            f"| {', '.join(about['builds_on']) or '–'} | {about['minutes']} |"
        )
    others = [part for part in parts if not part.exercise.startswith("ex")]
    rows.append(f"| milestones | nothing new | {_marks(others)} | all | – |")
    rows.append(f"| | **together** | **{_marks(parts)}** | | |")
    return HEAD + "\n".join(rows) + "\n" + FOOT


def _about(path: Path) -> Mapping[str, Any]:
    about: Mapping[str, Any] = read_source(path).metadata.get("exercise", {})
    missing = {"builds_on", "minutes"} - set(about)
    if missing:
        raise SourceError(f"{path}: its header does not say {' and '.join(sorted(missing))}")
    return about


def _titles(parts: Iterable[Part]) -> str:
    return ", ".join(f"`{part.title}`" for part in parts)


def _marks(parts: Iterable[Part]) -> int:
    return sum(part.marks for part in parts)
