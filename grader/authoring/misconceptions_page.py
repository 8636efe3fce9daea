"""Generate `docs/misconceptions.md`, the catalogue of known mistakes for instructors."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from grader.checking.course import all_parts
from grader.misconceptions import Misconception, all_misconceptions

HEAD = """\
# The known mistakes

Generated from `grader/misconceptions/catalogue/` by `python -m grader build`. When a check fails, the
grader runs the known mistakes of that part on the same inputs. If one of them gives exactly the same
answers as the student's code, the student sees its name, an explanation and a hint.
`python -m grader misconceptions` proves that each one is caught and named correctly.
"""


def catalogue_page() -> str:
    """Return the text of the page."""
    listed = (mistake for mistake in all_misconceptions() if mistake.main)
    known = sorted(listed, key=_place_in_course)
    by_part = {
        part: list(mistakes) for part, mistakes in groupby(known, key=lambda mistake: mistake.part)
    }
    pieces = [HEAD, _contents(by_part)]
    for part, mistakes in by_part.items():
        pieces.append(f"## {part}\n")
        pieces += [_entry(mistake) for mistake in mistakes]
    return "\n".join(pieces)


def _contents(by_part: Mapping[str, Sequence[Misconception]]) -> str:
    """Return a table of contents: a link to each part's mistakes."""
    rows = [
        f"| [{part}](#{part.replace('/', '')}) | {len(mistakes)} |"
        for part, mistakes in by_part.items()
    ]
    total = sum(len(mistakes) for mistakes in by_part.values())
    head = ["| part | mistakes |", "|---|---|"]
    return "\n".join([*head, *rows, f"| **total** | **{total}** |"]) + "\n"


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
