"""Escape unprintable characters, so that a text has no effect on a terminal or a file."""

from __future__ import annotations


def printable(text: str, keep: str = "") -> str:
    r"""Return a text with every unprintable character escaped, as in "\x1b[31m".

    Parameters
    ----------
    text : str
        May contain anything: escape codes, direction marks, lone surrogates.
    keep : str
        Characters to leave as they are, such as newlines.
    """
    return "".join(c if c.isprintable() or c in keep else repr(c)[1:-1] for c in text)
