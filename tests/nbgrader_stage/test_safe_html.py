"""An instructor's browser shows what a student wrote as text and never runs it."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from grader.nbgrader_stage.config import configure
from grader.nbgrader_stage.notebook_reader import read_notebook

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="
ATTACKS = [
    "<script>steal()</script>",
    "text <script>steal()</script> text",
    "<img src=x onerror=steal()>",
    "# heading <img src=x onerror=steal()>",
    "<svg onload=steal()></svg>",
    "<iframe srcdoc='<script>steal()</script>'></iframe>",
    "[link](javascript:steal())",
    "[link](<java\nscript:steal()>)",
    "[link](data:text/html,<script>steal()</script>)",
    "![picture](javascript:steal())",
    '![x" onerror="steal()](x)',
    '![x](x "t\\" onerror=\\"steal()")',
    '[x](x "t\\" onmouseover=\\"steal()")',
    "```mermaid\n<script>steal()</script>\n```",
    '```"><script>steal()</script>\n```',
    "$<script>steal()</script>$",
    "$$<img src=x onerror=steal()>$$",
    "\\begin{<script>steal()</script>}x\\end{<script>steal()</script>}",
    "<javascript:steal()>",
    "[link](/formgrader/manage_students/%22;steal();%22)",
    "<https://example.org/formgrader>",
    "<style>@import 'https://example.org/steal()'</style>",
    "![x](/logout)",
    "![x](https://example.org/steal())",
    "![x](//example.org/x.png)",
    "![x][1]\n\n[1]: /logout",
    "![x](data:image/svg+xml;base64,AAAA)",
    "![x](attachment:../logout)",
    "![<img src=x onerror=steal()>](x)",
    "![![y](/logout)](/logout)",
    "<form action=/formgrader/api><button>steal()</button></form>",
    r"$\href{javascript:steal()}{x}$",
    r"$$\href{/formgrader/api}{x}$$",
    r"\begin{align}\href{https://example.org/steal()}{x} &= 1\end{align}",
    r"$\text{<script>steal()</script>}$",
    r"$\text{&lt;script&gt;steal()&lt;/script&gt;}$",
    r"$\text{&#60;img src=x onerror=steal()&#62;}$",
    r"$\color{red\" onclick=\"steal()}{x}$",
    r"$\style{background: url(https://example.org/steal())}{x}$",
    r"\$\href{/logout}{x}\$",
    r"&#36;\href{/logout}{x}&#36;",
]


class Programs(HTMLParser):
    """Collects what a browser would run, or load from another address."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in {"svg", "iframe", "form", "object", "embed"}:
            self.found.append(tag)
        for name, value in attrs:
            if name == "href" and tag != "link" and not value.startswith("#"):
                self.found.append((tag, name, value))
            if (
                tag == "img"
                and name in {"src", "srcset"}
                and not value.startswith("data:image/png")
            ):
                self.found.append((tag, name, value))
            if name == "style" and "url(" in value:
                self.found.append((tag, name, value))
            link = name in {"href", "src"} and (value or "").strip().lower()
            if name.startswith("on") or (link and link.startswith(("javascript:", "data:text"))):
                self.found.append((tag, name, value))

    def handle_data(self, data):
        if self.cdata_elem and "steal" in data:
            self.found.append((self.cdata_elem, data))


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return a function that renders a one-cell notebook as formgrader and feedback would."""
    config = Config()
    configure(config, tmp_path_factory.mktemp("course"))
    exporter = HTMLExporter(config=config, template_name="classic")

    def make(path, cell):
        path.write_text(json.dumps({"cells": [cell]}), "utf-8")
        return exporter.from_notebook_node(read_notebook(path).notebook)[0]

    return make


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_a_student_wrote_is_run(page, tmp_path, kind, attack):
    html = page(tmp_path / "n.ipynb", {"cell_type": kind, "source": attack})
    programs = Programs()
    programs.feed(html)
    assert programs.found == []


def test_harmless_text_is_formatted(page, tmp_path):
    source = ["# Title\n", "*so* $a_{ij} < b$, `x < y`, [link](https://example.org), a < b & c"]
    html = page(tmp_path / "n.ipynb", {"cell_type": "markdown", "source": source})
    for part in (
        *("<em>so</em>", "<msub>", "<code>x &lt; y</code>", "a &lt; b &amp; c"),
        *("link (https://example.org)", 'id="Title"'),
    ):
        assert part in html


@pytest.mark.parametrize("attached", [{}, {"a.png": {"image/svg+xml": "x"}}, {"a.png": 3}, [1]])
def test_a_missing_picture_does_not_break_the_page(page, tmp_path, attached):
    cell = {"cell_type": "markdown", "source": "![my sketch](attachment:a.png)"}
    html = page(tmp_path / "n.ipynb", cell | {"attachments": attached})
    assert "my sketch" in html
    assert "svg+xml" not in html


def test_a_picture_from_elsewhere_is_named(page, tmp_path):
    cell = {"cell_type": "markdown", "source": "![my <sketch>](https://example.org/a.png?b&c)"}
    html = page(tmp_path / "n.ipynb", cell)
    assert "my &lt;sketch&gt; (https://example.org/a.png?b&amp;c)" in html


def test_a_picture_as_data_is_shown(page, tmp_path):
    cell = {"cell_type": "markdown", "source": f"![my sketch](data:image/png;base64,{DOT})"}
    assert f'src="data:image/png;base64,{DOT}"' in page(tmp_path / "n.ipynb", cell)


def test_a_picture_in_a_text_is_shown(page, tmp_path):
    cell = {"cell_type": "markdown", "source": "![my sketch](attachment:a.png)"}
    html = page(tmp_path / "n.ipynb", cell | {"attachments": {"a.png": {"image/png": DOT}}})
    assert f"data:image/png;base64,{DOT}" in html
