"""Turn the magic in a notebook's cell into plain Python that has no effect.

IPython's own transformer reads a cell anew for each magic in it, so a few hundred of them take half
a minute. This one reads a cell once, and only looks where statements begin.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable

TIMING = re.compile(r"\s*%%(time|timeit|capture)\b.*")
"""Magic that runs the rest of its cell unchanged."""
COMMAND = re.compile(r"(\s*)(?:[%!?].*|[\w.]+\s*\?{1,2}\s*)")
"""A line that is a command: `%matplotlib inline`, `!ls`, `?name` or `name?`."""
ASSIGNED = re.compile(r"(\s*\w[\w., ]*=\s*)[%!].*")
"""A line that assigns what a command returns: `files = !ls`."""
PROMPT = re.compile(r"(?:>>>|\.\.\.|In \[\d+\]:|\s*\.\.\.:) ?")
"""What comes before the code in a cell that was copied from a terminal."""
OUTSIDE = re.compile(r"#.*|\"{3}|'{3}|[\"'()\[\]{}]")
"""What counts outside strings: comments, quotes, brackets."""
INSIDE = {quote: re.compile(rf"\\.|{quote}", re.DOTALL) for quote in ('"""', "'''", '"', "'")}
"""What counts inside a string with these quotes."""


def plain_python(source: str) -> str:
    """Return a cell as Python, with the same number of lines."""
    first, rest = source.partition("\n")[::2]
    if TIMING.fullmatch(first):
        return f"# {first}\n{plain_python(rest)}" if rest else f"# {first}"
    if first.lstrip().startswith("%%"):  # such as %%bash
        return "\n".join(f"# {line}" for line in source.split("\n"))
    if _is_python(source):
        return source
    lines = source.split("\n")
    if PROMPT.match(lines[0]):
        lines = [PROMPT.sub("", line, count=1) for line in lines]
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip(" \t"))]
    return "\n".join(_without_commands(line.removeprefix(indent) for line in lines))


def _is_python(source: str) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _without_commands(lines: Iterable[str]) -> Iterable[str]:
    """Yield the lines; those that are commands become statements that do nothing."""
    place, of_command = _Place(), False
    for line in lines:
        if of_command:  # the command before goes on in this line
            yield "#"
        elif place.is_statement and (command := COMMAND.fullmatch(line)):
            of_command = True
            yield f"{command[1]}pass"
        elif place.is_statement and (assigned := ASSIGNED.fullmatch(line)):
            of_command = True
            yield f"{assigned[1]}None"
        else:
            place.read(line)
            yield line
        of_command = of_command and line.endswith("\\")


class _Place:
    """Where reading a cell's lines has come to: at a statement, or inside one."""

    def __init__(self) -> None:
        self._brackets = 0
        self._quote = ""
        self._continued = False

    @property
    def is_statement(self) -> bool:
        """Whether the next line begins a statement."""
        return not (self._brackets or self._quote or self._continued)

    def read(self, line: str) -> None:
        """Go on by one line."""
        at = 0
        while found := (INSIDE[self._quote] if self._quote else OUTSIDE).search(line, at):
            at = found.end()
            self._pass(found[0])
        self._continued = line.endswith("\\")
        if len(self._quote) == 1 and not self._continued:
            self._quote = ""

    def _pass(self, token: str) -> None:
        if self._quote:
            self._quote = "" if token == self._quote else self._quote
        elif token in INSIDE:
            self._quote = token
        elif token in "([{":
            self._brackets += 1
        elif token in ")]}":
            self._brackets = max(0, self._brackets - 1)
