"""Show what students wrote as text and pictures, never as HTML, in formgrader and in feedback.

An instructor reads these pages in a browser that can change marks and run programs. A script in a
submission would have the same rights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from grader.nbgrader_stage.formulas import formula

ATTACHMENT = "attachment:"
DATA = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+")
"""The address of a picture that contains the picture."""


class TextRenderer(IPythonRenderer):
    """Shows HTML as plain text, links as their addresses, and formulas without a network.

    Parameters
    ----------
    attachments : mapping
        The pictures of a cell, by name and type.
    """

    def __init__(self, attachments: Mapping[str, Any]) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False, attachments=dict(attachments))

    def block_mermaidjs(self, code: str) -> str:
        """Show the code of a diagram; nbconvert would not escape it."""
        return self.block_code(code)

    def inline_math(self, body: str) -> str:
        """Show a formula in a line of text."""
        return formula(body, block=False)

    def block_math(self, body: str) -> str:
        """Show a formula in a line of its own."""
        return formula(body, block=True)

    def latex_environment(self, name: str, body: str) -> str:
        """Show an environment of LaTeX, such as aligned equations."""
        return formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """Show a link's address as text: some addresses on this server do more than show a page."""
        address = escape(url)
        return text if text == address else f"{text} ({address})"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Show a picture that the notebook contains, and the name of any other.

        A browser would fetch another one's address with the instructor's cookies. If an attachment
        is missing, nbconvert would reject the whole page.
        """
        attached = url.startswith(ATTACHMENT) and url.removeprefix(ATTACHMENT) in self.attachments
        if attached or DATA.fullmatch(url):
            return super().image(text, url, title)
        return f"{text} ({escape(url)})"


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Return the HTML of a text cell."""
    cell = context.get("cell") or {}
    renderer = TextRenderer(cell.get("attachments") or {})
    return str(MarkdownWithMath(renderer=renderer).render(source))
