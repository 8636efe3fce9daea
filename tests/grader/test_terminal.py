"""What students see on the screen, with any terminal and with files in any state."""

import os
import subprocess
import sys
from contextlib import suppress

import pytest

from tests.conftest import ROOT
from tests.grader.editing import edit

WRONG = ("convolve2d(gradient", "correlate2d(gradient")


def test_a_terminal_without_unicode_still_shows_a_table(run_grader, copy):
    edit(copy / "ex02_convolutional.py", *WRONG)
    edit(copy / "ex02_convolutional.py", "input_gradient[j] +=", "print('⋆'); input_gradient[j] +=")
    env = {"PYTHONIOENCODING": "cp1252"}
    output = run_grader("--submission", copy, "-k", "convolutional", env=env).output
    assert "\n ex02       forward right; backward wrong   14/18 " in output
    assert "\n ----------" in output
    assert "\n?" in output
    assert "\\u" not in output


def test_long_sentences_are_broken_and_numbers_are_not(run_grader, copy):
    edit(copy / "ex02_convolutional.py", *WRONG)
    arguments = ("--submission", copy, "-k", "convolutional")
    lines = run_grader(*arguments, env={"COLUMNS": "60"}).output.splitlines()
    assert "Your input gradient is a full correlation of the output" in lines
    start = next(line for line in lines if line.startswith("first difference"))
    assert len(start) <= 60


def test_the_table_of_marks_is_between_two_empty_lines(run_grader, solutions):
    for options in ((), ("-q",)):
        output = run_grader("--submission", solutions, "-k", "reshape", *options).output
        assert " marks ===" in output
        table = output.partition(" marks ==")[2].splitlines()
        assert [bool(line) for line in table[1:8]] == [False, True, True, True, False, True, False]


@pytest.mark.parametrize(
    ("old", "new", "shown", "next"),
    [
        (
            "        self.input = input",
            "\tself.input = input",
            "    self.input = input\nE   TabError: inconsistent use of tabs",
            "cannot be imported: TabError: inconsistent use of tabs",
        ),
        (
            "        self.input = input",
            "<<<<<<< HEAD\n        self.input = input",
            "    <<<<<<< HEAD\nE   SyntaxError: invalid syntax",
            "cannot be imported: SyntaxError: invalid syntax",
        ),
        ("class Dense(", "class Dance(", "ex04_dense.py has no `Dense`", ":1 has no `Dense`"),
        (
            "self.input = input",
            "while True: pass",
            "    while True: pass\nE   did not finish within 5 seconds",
            "Dense.forward: The output is weights times input",
        ),
    ],
)
def test_a_malformed_file(run_grader, copy, old, new, shown, next):
    edit(copy / "ex04_dense.py", old, new)
    output = run_grader("--submission", copy, "-k", "ex04 and values", "-x").output
    assert shown in output
    assert next in " ".join(output.split())
    assert "full-trace" not in output


def test_an_error_is_shown_once(run_grader, copy):
    edit(copy / "ex09_training.py", "reversed(network)", "network.reverse()")
    output = run_grader("--submission", copy, "-k", "ex09", "-x").output
    assert output.count("E   TypeError: 'NoneType' object is not iterable") == 1


def test_an_interrupted_run_keeps_its_table(run_grader, copy):
    edit(copy / "ex09_training.py", "    losses = []", "    raise KeyboardInterrupt")
    output = run_grader("--submission", copy, "-k", "softmax or training").output
    assert "\n ex07       right" in output
    assert "Interrupted during test_ex09_training.py::TestTrain::test_losses: the table" in output


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_the_last_line_is_the_next_step(run_grader, copy, width):
    edit(copy / "ex02_convolutional.py", *WRONG)
    arguments = ("--submission", copy, "-k", "convolutional or softmax")
    lines = run_grader(*arguments, env={"COLUMNS": width}).output.splitlines()
    path = f"next: {copy / 'ex02_convolutional.py'}:"
    assert lines[-1].startswith(path)
    assert len(lines[-1]) <= max(int(width), len(path) + len("123 ..."))


def test_long_names_are_broken_at_underscores(run_grader, copy):
    edit(copy / "ex06_losses.py", "float(-np.mean(", "float(-np.sum(")
    output = run_grader("--submission", copy, "-k", "losses", env={"COLUMNS": "80"}).output
    table = output.partition(" marks ===")[2]
    assert " binary_cross_ " in table
    assert " entropy_prime" in table


def test_a_failed_milestone_points_to_what_is_not_right(run_grader, copy):
    edit(copy / "ex04_dense.py", "return input_gradient", "return -input_gradient")
    output = run_grader("--submission", copy, "-k", "dense or xor", env={"COLUMNS": "200"}).output
    (row,) = (line for line in output.splitlines() if line.startswith(" milestones"))
    assert "ex04_dense.py:" in row
    assert "Dense.backward is not right yet" in row


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_terminal_shows_what_is_being_trained(solutions):
    import pty

    parent, child = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "grader",
        "--submission",
        str(solutions),
        "-k",
        "xor",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdin=child, stdout=child, stderr=child):
        os.close(child)
        shown = b""
        with suppress(OSError):  # the end, on Linux
            while piece := os.read(parent, 10_000):
                shown += piece
    os.close(parent)
    text = " training: learning XOR …"
    assert text in shown.decode()
    assert "\b" * len(text) in shown.decode()


def test_a_mistake_is_explained_once(run_grader, copy):
    edit(copy / "ex02_convolutional.py", *WRONG)
    output = run_grader("--submission", copy, "-k", "convolutional").output
    assert output.count("Your input gradient is a full correlation") == 1
    again = (
        "This looks like the same mistake as above: full correlation in place of full convolution."
    )
    assert output.count(again) == 1


def test_an_error_about_shapes_comes_with_all_shapes(run_grader, copy):
    edit(copy / "ex04_dense.py", "self.weights @ input", "input @ self.weights")
    output = run_grader("--submission", copy, "-k", "dense", env={"COLUMNS": "100"}).output
    assert "ValueError: matmul" in output
    assert "the shapes here: weights (5, 3), bias (5, 1), input (3, 1); the result" in output


def test_only_the_last_lines_of_a_long_output_are_shown(run_grader, copy):
    edit(copy / "ex02_convolutional.py", *WRONG)
    edit(
        copy / "ex02_convolutional.py",
        "input_gradient[j] +=",
        "print('line\\n' * 400); input_gradient[j] +=",
    )
    output = run_grader("--submission", copy, "-k", "convolutional").output
    assert " lines before these\nline\n" in output
    assert output.count("\nline\n") < 2 * 20
