"""Make visible what a text would otherwise do to a terminal or a file."""

from __future__ import annotations


def printable(text: str, keep: str = "") -> str:
    r"""Return a text in which everything that is not printed can be seen, as in "\x1b[31m".

    Parameters
    ----------
    text : str
        May hold anything: escape codes, marks that turn the direction of writing, half of a character.
    keep : str
        What may stay, such as the ends of lines.
    """
    return "".join(c if c.isprintable() or c in keep else repr(c)[1:-1] for c in text)
