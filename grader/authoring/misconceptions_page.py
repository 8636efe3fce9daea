"""Make `docs/misconceptions.md`, the catalogue for instructors."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from grader.checking.course import all_parts
from grader.misconceptions import Misconception, all_misconceptions

HEAD = """\
# The known mistakes

Generated from `grader/checking/misconceptions/` by `python -m grader build`. When a check fails, the
grader runs the mistakes of that part on the same numbers. If one of them gives the very answers that
the student's code gave, the student is told its name, what the answer shows, and the hint.
`python -m grader misconceptions` proves that each is caught, named as itself, and never as another.
"""


def catalogue_page() -> str:
    """Return the text of the page."""
    known = sorted(all_misconceptions(), key=_place_in_course)
    by_part = {
        part: list(mistakes) for part, mistakes in groupby(known, key=lambda mistake: mistake.part)
    }
    pieces = [HEAD, _contents(by_part)]
    for part, mistakes in by_part.items():
        pieces.append(f"## {part}\n")
        pieces += [_entry(mistake) for mistake in mistakes]
    return "\n".join(pieces)


def _contents(by_part: Mapping[str, Sequence[Misconception]]) -> str:
    """Return a table that leads to each part's mistakes."""
    rows = [
        f"| [{part}](#{part.replace('/', '')}) | {len(mistakes)} |"
        for part, mistakes in by_part.items()
    ]
    total = sum(len(mistakes) for mistakes in by_part.values())
    head = ["| part | mistakes |", "|---|---|"]
    return "\n".join([*head, *rows, f"| **together** | **{total}** |"]) + "\n"


def _place_in_course(mistake: Misconception) -> int:
    return [part.id for part in all_parts()].index(mistake.part)


def _entry(mistake: Misconception) -> str:
    return (
        f"### {mistake.name}\n\n{mistake.explanation}\n\n*Hint:* {mistake.hint}\n\n"
        f"```python\n{_code(mistake)}```\n"
    )


def _code(mistake: Misconception) -> str:
    """Return the wrong code, without its decorator and docstring."""
    source = inspect.getsource(mistake.function)
    source = source[source.index("def ") :]
    return re.sub(r'\n    """.*?"""\n+', "\n", source, count=1, flags=re.DOTALL)
