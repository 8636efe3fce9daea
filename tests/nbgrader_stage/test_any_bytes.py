"""Whatever bytes a submission consists of, reading it raises nothing, and costs little."""

from __future__ import annotations

import json
import random
import zipfile

import jupytext
import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring.nbgrader_source import course_files
from grader.nbgrader_stage.missing_notebooks import add_missing_notebooks
from grader.nbgrader_stage.percent_script import notebook_of
from grader.nbgrader_stage.student_submission import StudentSubmission
from grader.nbgrader_stage.unpack import Budget
from grader.nbgrader_stage.zip_collect import Extractor
from tests.nbgrader_stage.conftest import ROOT
from tests.nbgrader_stage.test_zip_collect import zipped
from tests.properties.profiles import examples

EXERCISE = "ex03_reshape"
TEXT = next(t for p, t in course_files(ROOT, ROOT / "course").items() if p.stem == EXERCISE)
SOURCES = {EXERCISE: nbformat.reads(TEXT, 4)}
SCRIPT = (ROOT / "solutions" / f"{EXERCISE}.py").read_text("utf-8")
KEYS = ("cells", "metadata", "source", "cell_type", "nbgrader", "grade_id", "attachments", "name")
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=5)
    | st.sampled_from(["\ud800", "%%bash", "grader_made_from", "cells"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
    ),
    max_leaves=8,
)
HEADERS = (
    "jupyter:",
    "jupyter: 2020-01-01",
    "jupyter:\n#   kernelspec: {name: python3}",
    "a: &a [x,x]\n# jupyter: &b [*a,*a,*a,*a,*a,*a]\n# c: [*b,*b,*b]",
    "jupyter: !!python/object:os.system x",
    "jupyter: [",
    "jupyter:\n# - 1\n#   2: : 3",
)


def read(folder, name, content):
    """Read a submission of one file as the stage does; return the modules and the problems."""
    for path in folder.iterdir():
        path.unlink()
    (folder / name).write_bytes(content)
    found = add_missing_notebooks(folder, SOURCES)
    submission = StudentSubmission(folder, SOURCES)
    return submission.files()[f"{EXERCISE}.py"].decode(), found + submission.problems


def places(value):
    """Return every list and dictionary in a document, with each key into it."""
    found = []
    if isinstance(value, (dict, list)):
        for key in value if isinstance(value, dict) else range(len(value)):
            found += [(value, key), *places(value[key])]
    return found


@st.composite
def notebooks(draw):
    """Draw the bytes of a notebook with something odd in some places, or with bytes changed."""
    document = json.loads(TEXT)
    for _ in range(draw(st.integers(0, 4))):
        known = places(document)
        if not known:
            break
        holder, key = draw(st.sampled_from(known))
        holder[key] = draw(ODD)
    return changed(draw, json.dumps(document).encode("utf-8", "surrogatepass"))


@st.composite
def scripts(draw):
    """Draw the bytes of a `.py` file with an odd header, or with bytes changed."""
    header = draw(st.sampled_from(HEADERS) | st.text(max_size=30))
    text = f"# ---\n# {header}\n# ---\n" + draw(st.sampled_from(["", SCRIPT]))
    return changed(draw, text.encode("utf-8", "surrogatepass"))


def changed(draw, content):
    """Cut bytes out, put some in, or repeat them."""
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(content)))
        end = draw(st.integers(at, min(len(content), at + 200)))
        piece = draw(
            st.binary(max_size=8) | st.sampled_from([b"", content[at:end] * 3, b"\xff\xfe"])
        )
        content = content[:at] + piece + content[end:]
    return content


@pytest.mark.parametrize(
    "content",
    [
        b'{"metadata": null, "cells": [], "nbformat": 4, "nbformat_minor": 5}',
        b'{"metadata": 5, "cells": [], "nbformat": 4, "nbformat_minor": 5}',
        b'{"metadata": "grader_made_from", "cells": [], "nbformat": 4}',
        b"[" * 200_000,
        b'{"grader_made_from": ' + b"[" * 200_000,
        b"1" * 10_000,
        b'{"cells": [' + b"{}," * 3000 + b"{}]}",
    ],
    ids=range(7),
)
def test_a_damaged_notebook_is_read(tmp_path, content):
    _, problems = read(tmp_path, f"{EXERCISE}.ipynb", content)
    assert len(problems) <= 1


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_is_skipped_not_obeyed(tmp_path, header):
    script = f"# ---\n# {header}\n# ---\n\n# %%\nx = 1\n"
    module, problems = read(tmp_path, f"{EXERCISE}.py", script.encode())
    assert module == "# cells: 2\nx = 1\n"
    assert not problems


@examples(20)
@given(content=notebooks())
def test_any_notebook_is_read(tmp_path_factory, content):
    read(tmp_path_factory.getbasetemp() / "any", f"{EXERCISE}.ipynb", content)


@examples(20)
@given(content=scripts())
def test_any_script_is_read(tmp_path_factory, content):
    read(tmp_path_factory.getbasetemp() / "any", f"{EXERCISE}.py", content)


@st.composite
def zips(draw):
    """Draw the bytes of a zip inside a zip, with bytes changed."""
    inner = zipped(
        {"a": "x", "b/c": b"\0" * 1000}, draw(st.sampled_from([0, zipfile.ZIP_DEFLATED]))
    )
    return changed(draw, zipped({"inner.zip": changed(draw, inner), "d": "y"}))


@examples(30)
@given(content=zips())
def test_any_zip_is_unpacked_or_kept(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("zip")
    (folder / "any.zip").write_bytes(content)
    Extractor()._unpack_inner(folder / "any.zip", 1, Budget())
    assert (folder / "any.zip").exists() != (folder / "any.zip unpacked").exists()


@pytest.fixture(autouse=True)
def folder(tmp_path_factory):
    """Make the folder in which drawn submissions are written, one after another."""
    (tmp_path_factory.getbasetemp() / "any").mkdir(exist_ok=True)


@pytest.mark.parametrize("path", sorted((ROOT / "solutions").glob("*.py")), ids=lambda p: p.stem)
def test_scripts_are_split_as_jupytext_does(path):
    text = path.read_text("utf-8")
    expected = jupytext.reads(text, fmt="py:percent").cells
    found = notebook_of(text).cells
    assert [(c.cell_type, c.source) for c in found] == [(c.cell_type, c.source) for c in expected]


def test_a_marker_inside_a_string_begins_no_cell():
    cells = notebook_of('x = """\n# %% no\n"""\n# %% yes\ny = 1\n').cells
    assert [cell.source for cell in cells] == ['x = """\n# %% no\n"""', "y = 1"]


def test_a_huge_script_is_read(tmp_path):
    lines = ["# %%", "x = '''", "!ls (", "# ---"] * 1_000_000
    random.Random(1).shuffle(lines)
    read(tmp_path, f"{EXERCISE}.py", "\n".join(lines).encode())


def test_what_cannot_be_read_is_said_by_its_checks(tmp_path):
    module, problems = read(tmp_path, f"{EXERCISE}.ipynb", TEXT[:500].encode())
    (reason,) = problems
    assert reason.startswith(f"{EXERCISE}.ipynb cannot be read as a notebook: its JSON is broken")
    with pytest.raises(ImportError, match=reason):
        exec(module)
