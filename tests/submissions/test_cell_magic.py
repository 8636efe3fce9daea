"""Magic becomes Python that does nothing, line for line, in one pass."""

from __future__ import annotations

import ast

import pytest

from grader.runtime.run_notebook_cells import run_cells
from grader.submissions.cell_magic import plain_python
from tests.properties.profiles import examples

hypothesis = pytest.importorskip("hypothesis")
strategies = hypothesis.strategies

PIECES = (
    *("%matplotlib inline", "!ls 'it", "x = !ls (", "y, z = %time f()", "name?", "?name", "%%bash"),
    *('"""', "'''", "'", '"', "#", "\\", "(", "]", "{", "\n", " ", "x = 1", "if x:", "    y = 2"),
    *(">>> ", "In [1]: ", "% b", "\t", "\r", "\x0c", "é", "\x00"),
)


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("In [1]: x = 1\n   ...: %time x", "x = 1\npass"),
        ("%%time\nx = 1", "# %%time\nx = 1"),
        ("%%time", "# %%time"),
        ("%%bash\nrm x\nls", "# %%bash\n# rm x\n# ls"),
        ("if x:\n    !ls 'it\ny = 2", "if x:\n    pass\ny = 2"),
        ("files = !ls\nname?\n?name\nx = 1", "files = None\npass\npass\nx = 1"),
        ("!pip install \\\n    numpy\nx = 1", "pass\n#\nx = 1"),
        ("!ls\nx = (3\n% 2)\ny = 3 \\\n% 2", "pass\nx = (3\n% 2)\ny = 3 \\\n% 2"),
        (
            "!ls\nx = '''\n!kept\n'''\ny = '!('\n%time y",
            "pass\nx = '''\n!kept\n'''\ny = '!('\npass",
        ),
        ("!ls\n# it's (\n!ls", "pass\n# it's (\npass"),
        (">>> x = 1\n>>> %time x", "x = 1\npass"),
        ("    x = 1\n    !ls", "x = 1\npass"),
        ("s = '''\n% a\n'''", "s = '''\n% a\n'''"),
    ],
)
def test_what_becomes_of_a_cell(cell, plain):
    assert plain_python(cell) == plain
    ast.parse(plain)


def test_many_commands_are_read_in_one_pass():
    """IPython's transformer would take hours for these."""
    cell = "%time x = 1\n!ls (\nx = !ls\n" * 30_000 + "x = 1"
    assert plain_python(cell).endswith("\nx = None\nx = 1")


@examples(30)
@hypothesis.given(strategies.lists(strategies.sampled_from(PIECES)).map("".join))
def test_any_cell_keeps_its_lines(cell):
    assert plain_python(cell).count("\n") == cell.count("\n")


def test_display_does_not_hide_what_its_cell_defines(capsys):
    namespace = {}
    run_cells("# cells: 2\ndisplay([1], raw=True)\ndef f(): return 3\n", "x.py", namespace)
    assert namespace["f"]() == 3
    assert capsys.readouterr().out == "[1]\n"


def test_odd_line_ends_move_no_cell():
    namespace = {}
    run_cells("# cells: 2 4\nx = '\u2028\x0c'\n# \x1c\ny = 1\n", "x.py", namespace)
    assert (namespace["x"], namespace["y"]) == ("\u2028\x0c", 1)
