"""Generate `exercises/README.md`, the map of the course."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.authoring.exercise_stubs import SourceError
from grader.authoring.source_header import SourceHeader, read_header
from grader.checking.course import all_parts
from grader.checking.part_declaration import Part

HEAD = """\
# The exercises

Work through them in this order. Each file explains its idea, works through an example with numbers, and
says at every `# TODO:` what to write. Replace the `raise NotImplementedError` below it with your code.
`layer.py` is given: all layers inherit from it. `batch_layers.py` is given too: layers for the advanced
exercises.

| file | you write | marks | builds on | minutes |
|---|---|---|---|---|
"""

FOOT = """
Each exercise is graded on its own, so you can skip one and come back. *Builds on* names the earlier
exercises that help you understand it. The milestones need no new code: your parts combined learn XOR,
tell 0 from 1, and recognise all ten digits.

```
pytest grader                    # everything
pytest grader -k convolutional   # one exercise
python exercises/ex01_correlate.py   # see what it does
python -m grader hint ex01       # stuck? the first of three hints; repeat it for the next one
```

To stop at the first failure, run `pytest grader -x`. To use a debugger, write `breakpoint()` where it
should stop, or add `--pdb` to stop where your code raises an error.

To see the formulas typeset, run `jupyter lab exercises`, right-click a file, and choose *Open With*,
*Notebook*. It is the same file, cell by cell. Pictures appear in the notebook too, which helps on a
machine without a display.
"""


def exercise_map(sources: Iterable[Path]) -> str:
    """Return the text of the map.

    Parameters
    ----------
    sources : iterable of Path
        The files of the exercises in `solutions/`, whose headers say what they build on, how long they
        take, and to which assignment they belong. Those with nothing to write come last.

    Raises
    ------
    SourceError
        If an exercise's header does not say how long it takes.
    """
    parts = all_parts()
    exercises, others = [], []
    by_assignment: dict[str, list[Part]] = {}
    for path in sorted(sources):
        header = read_header(path)
        own = [part for part in parts if part.exercise == path.stem]
        by_assignment.setdefault(header.assignment, []).extend(own)
        if any(part.target for part in own):
            exercises.append(_row(path, header, own))
        else:
            others.append(f"| {path.stem} | nothing new | {_marks(own)} | all | – |")
    rows = [*exercises, *others]
    if len(by_assignment) > 1:
        rows += [f"| | **{name}** | **{_marks(own)}** | | |" for name, own in by_assignment.items()]
    rows.append(f"| | **total** | **{_marks(parts)}** | | |")
    return HEAD + "\n".join(rows) + "\n" + FOOT


def _row(path: Path, header: SourceHeader, parts: Sequence[Part]) -> str:
    if header.minutes is None:
        raise SourceError(f"{path}: its header does not say how many minutes it takes")
    return (
        f"| [{path.stem}.py]({path.stem}.py) | {_targets(parts)} | {_marks(parts)} "
        f"| {', '.join(header.builds_on) or '–'} | {header.minutes} |"
    )


def _targets(parts: Iterable[Part]) -> str:
    return ", ".join(f"`{part.target}`" for part in parts)


def _marks(parts: Iterable[Part]) -> int:
    return sum(part.marks for part in parts)
