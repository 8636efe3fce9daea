"""The packages that a function can reach are found by reading its file; in doubt, all count."""

import pytest

from grader.analysis.reachable_packages import packages_reached
from grader.analysis.read_source import UNREAD

NOT_REACHED = {
    "imported and not used": "import scipy\ndef mine(): return 1",
    "used by another": "import scipy\ndef other(): return scipy\ndef mine(): return 1",
    "used by another part": "import scipy\ndef part(): return scipy\ndef mine(): return part()",
    "the other part is imported": "from scipy.signal import part\ndef mine(): return part()",
    "one of two names": "from scipy import a\nfrom numpy import b\ndef mine(): return b",
    "in the script": "def mine(): return 1\nif __name__ == '__main__':\n    import scipy",
}
REACHED = {
    "in the function": "def mine():\n    from scipy import signal\n    return signal",
    "by its name": "import scipy.signal\ndef mine(): return scipy.signal",
    "under another name": "import scipy as sp\ndef mine(): return sp",
    "by way of a function": "import scipy\ndef a(): return scipy\ndef mine(): return a()",
    "by way of a class": "import scipy\nclass A:\n    f = scipy\ndef mine(): return A().f",
    "by way of a value": "import scipy\nA = {1: scipy}\ndef mine(): return A[1]",
    "by way of an item": "import scipy\nA = {}\nA[1] = scipy\ndef mine(): return A[1]",
    "by way of an attribute": "import scipy\nclass A: pass\nA.f = scipy\ndef mine(): return A.f",
    "as a default": "import scipy\ndef mine(f=scipy): return f",
    "as a decorator": "import scipy\n@scipy.wraps\ndef mine(): return 1",
    "as the function itself": "from scipy import mine",
    "as its value": "from scipy import other\nmine = other",
    "with a star": "from scipy.signal import *\ndef mine(): return other()",
    "in a statement that does anything": "try:\n    import scipy\nfinally: pass\ndef mine(): return 1",
    "by all names": "import scipy\ndef mine(): return globals()['sci' + 'py']",
    "where the function cannot be found": "import scipy\nexec('def mine(): return 1')",
    "by a neighbour": "from helpers import help\ndef mine(): return help()",
    "by a neighbour's neighbour": "import more\ndef mine(): return more",
}


@pytest.fixture
def reached(tmp_path):
    (tmp_path / "helpers.py").write_text("import scipy\n", "utf-8")
    (tmp_path / "more.py").write_text("import helpers\n", "utf-8")

    def packages(text):
        path = tmp_path / "file.py"
        path.write_text(text, "utf-8")
        return packages_reached(path, "mine", {"part"})

    return packages


@pytest.mark.parametrize("text", NOT_REACHED.values(), ids=NOT_REACHED)
def test_unreachable_packages_do_not_count(reached, text):
    assert "scipy" not in reached(text)


@pytest.mark.parametrize("text", REACHED.values(), ids=REACHED)
def test_reachable_packages_count(reached, text):
    assert "scipy" in reached(text)


@pytest.mark.parametrize("way", ["importlib.import_module", "__import__", "eval", "exec"])
def test_dynamic_imports_count(reached, way):
    assert "importlib" in reached(f"import importlib\ndef mine(): return {way}('scipy')")


def test_a_broken_cell_of_a_notebook_hides_nothing(reached):
    cells = "# cells: 2 3\nthis is not Python\nimport scipy\ndef mine(): return scipy\n"
    assert "scipy" in reached(cells)


@pytest.mark.parametrize("starts", ["one", "3 2", "2 2 2", "9" * 5000])
def test_a_malformed_list_of_cells_hides_nothing(reached, starts):
    text = f"# cells: {starts}\nimport scipy\ndef mine(): return scipy\n"
    assert reached(text) & {UNREAD, "scipy"}
