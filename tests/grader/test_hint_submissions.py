"""Submissions that misbehave get a hint too, unless something else has to be fixed first."""

import json
import re

import pytest

from grader.hints.hints_given import MEMORY
from tests.grader.editing import STUB, edit, solve, words


@pytest.mark.parametrize(
    "code",
    [
        "print('noise'); import sys; print('noise', file=sys.stderr); sys.stdout.close()",
        "import logging; logging.getLogger().warning('noise')",
    ],
)
def test_what_the_code_prints_is_not_shown(hint, folder, code):
    path = folder / "ex03_reshape.py"
    path.write_text(f"{code}\n{path.read_text('utf-8').replace(STUB, f'{code}; {STUB}')}", "utf-8")
    printed = hint("ex03")
    assert printed.startswith("ex03/forward, hint 1 of 3")
    assert "noise" not in printed


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "body",
    [
        "raise SystemExit",
        "raise BaseException",
        "raise type('Falsy', (Exception,), {'__bool__': lambda self: False})",
        "raise type('Mute', (Exception,), {'__str__': lambda self: 1})",
        "__import__('pytest').skip('no')",
        "__import__('os').chdir('/')",
        "input()",
        "while True: pass",
    ],
)
def test_code_that_misbehaves_still_gets_a_hint(hint, folder, body):
    edit(folder / "ex03_reshape.py", STUB, body)
    assert hint("ex03").startswith("ex03/forward, hint 1 of 3")
    assert json.loads((folder / MEMORY).read_text("utf-8")) == {"ex03/forward": 1}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("def (", "ex03_reshape.py cannot be imported: ex03_reshape.py, line 1: SyntaxError: "),
        ("1 / 0", "ex03_reshape.py cannot be imported: ex03_reshape.py, line 1: ZeroDivisionError"),
        ("import sys; sys.exit()", "ex03_reshape.py cannot be imported: "),
        (None, "ex03_reshape.py is missing."),
    ],
)
def test_a_file_that_cannot_be_imported_uses_up_no_hint(hint, folder, text, sentence):
    path = folder / "ex03_reshape.py"
    path.write_text(text, "utf-8") if text else path.unlink()
    printed = words(hint("ex03"))
    assert printed.startswith(f"ex03/forward: {sentence}")
    assert printed.endswith(" Fix that first.")
    assert not (folder / MEMORY).exists()


def test_waiting_for_another_exercise_uses_up_no_hint(hint, folder, solutions):
    solve(folder, solutions, "ex02_convolutional")
    old = "from scipy.signal import convolve2d, correlate2d"
    edit(
        folder / "ex02_convolutional.py", old, "from ex01_correlate import convolve2d, correlate2d"
    )
    printed = words(hint("ex02"))
    assert re.fullmatch(
        r"ex02/forward: this waits for correlate2d, at .*/ex01_correlate\.py:\d+\. "
        r"Write that first\.",
        printed,
    )
    assert not (folder / MEMORY).exists()
