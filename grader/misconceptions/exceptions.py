"""Compare exceptions: NumPy words the same mismatch of shapes differently in each of its functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.results import RaisedError

MATMUL = re.compile(r"matmul: .*\(size (\d+) is different from (\d+)\)")
DOT = re.compile(r"shapes .* not aligned: (\d+) \(dim \d+\) != (\d+) \(dim \d+\)")
BROADCAST = re.compile(r"operands? .*(?:broadcast|match).* shapes? ((?:\([\d,]*\) ?)+)")


def same_exception(one: RaisedError, other: RaisedError) -> bool:
    """Return whether two exceptions say the same."""
    return one.kind == other.kind and _said(one.text) == _said(other.text)


def _said(text: str) -> Sequence[str]:
    """Return what a message says, without the name of the function and the order of the arrays."""
    if found := MATMUL.match(text) or DOT.match(text):
        return ("product", *sorted(found.groups()))
    if found := BROADCAST.search(text):
        return ("broadcast", *sorted(set(found.group(1).split())))
    return (text,)
