"""Show formulas without a network: as MathML, which browsers draw themselves."""

from __future__ import annotations

import re
from html import escape, unescape
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import Converter

LONGEST = 5000
"""The longest formula that is converted."""
DEFINES = re.compile(r"\\(?:re)?newcommand|\\[gex]?def\b")
"""A macro that contains macros can expand to any length."""
TAGS = frozenset(
    {
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "ms",
        "mtext",
        "mspace",
        "mstyle",
        "merror",
        "mpadded",
        "mphantom",
        "mfrac",
        "msqrt",
        "mroot",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mmultiscripts",
        "mprescripts",
        "none",
        "mtable",
        "mtr",
        "mtd",
        "menclose",
    }
)
ATTRIBUTES = frozenset(
    {
        "xmlns",
        "display",
        "displaystyle",
        "scriptlevel",
        "mathvariant",
        "mathcolor",
        "mathsize",
        "stretchy",
        "fence",
        "separator",
        "form",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
        "symmetric",
        "largeop",
        "movablelimits",
        "accent",
        "accentunder",
        "linethickness",
        "columnalign",
        "columnlines",
        "columnspacing",
        "rowlines",
        "rowspacing",
        "rowalign",
        "width",
        "height",
        "depth",
        "notation",
    }
)
"""What a formula may consist of. `href`, `class` and `style` are left out on purpose."""


def formula(latex: str, *, block: bool) -> str:
    """Return the HTML of a formula: MathML, or its LaTeX if it cannot be converted.

    Parameters
    ----------
    latex : str
        A formula without its dollar signs. A student may have written it.
    block : bool
        Whether it stands in a line of its own.
    """
    dollars = "$$" if block else "$"
    plain = f"<code>{escape(dollars + latex + dollars)}</code>"
    if len(latex) > LONGEST or DEFINES.search(latex):
        return plain
    latex = latex.replace(r"\tag{", r"\qquad\tag{")  # there is no right margin to put it in
    try:
        root = Converter(display="block" if block else "inline").convert_to_element(latex)
        _clean(root)
        return tostring(root, encoding="unicode")
    except Exception:  # the library raises whatever its parser stumbles over
        return plain


def _clean(root: Element) -> None:
    """Keep only what draws a formula, and turn the library's character references into text.

    `tostring` escapes the text; the library's own `convert` would undo that.
    """
    for element in root.iter():
        if element.tag not in TAGS:
            raise ValueError(f"{element.tag} is not part of a formula")
        element.text, element.tail = unescape(element.text or ""), unescape(element.tail or "")
        for name in set(element.attrib) - ATTRIBUTES:
            del element.attrib[name]
