"""`python -m grader hint` gives one hint at a time."""

import json
import subprocess
import sys

import pytest

from grader.__main__ import main
from grader.hints.hint_texts import LEVELS, all_hints
from grader.hints.hints_given import MEMORY
from tests.grader.editing import HINTED, STUB, edit, solve, words


def test_one_hint_after_the_other_then_all_again(hint, folder):
    texts = all_hints()["ex03/forward"]
    for level, text in enumerate(texts, start=1):
        printed = hint("ex03")
        assert printed.startswith(f"ex03/forward, hint {level} of 3\n\n")
        assert [text for text in texts if text in words(printed)] == [text]
        again = f"\nFor the next hint: python -m grader hint ex03 --submission {folder}\n"
        assert (again in printed) == (level < 3)
    assert f"\nTo see what is wrong: pytest grader -k ex03 --submission {folder}\n" in printed
    for _ in range(2):
        printed = hint("ex03")
        assert printed.startswith("ex03/forward: all 3 hints have been given.")
        assert all(text in words(printed) for text in texts)


def test_the_part_is_the_first_without_full_marks(hint, folder, solutions):
    hint("ex03")
    solve(folder, solutions, "ex03_reshape")
    edit(folder / "ex03_reshape.py", "return np.reshape(output_gradient, self.input_shape)", STUB)
    assert hint("ex03").startswith("ex03/backward, hint 1 of 3")
    solve(folder, solutions, "ex03_reshape")
    assert hint("ex03") == "No hint is needed: ex03 has full marks.\n"
    assert hint("ex03/backward").startswith("ex03/backward, hint 2 of 3")
    edit(folder / "ex03_reshape.py", "np.reshape(input, self.output_shape)", "input")
    assert hint("ex03").startswith("ex03/forward, hint 2 of 3")


def test_without_a_name_the_whole_course_is_searched(hint, folder, solutions):
    solve(folder, solutions, "ex01_correlate")
    assert hint().startswith("ex02/forward, hint 1 of 3")


def test_all_exercises_solved(hint, folder, solutions):
    for path in solutions.glob("ex*.py"):
        solve(folder, solutions, path.stem)
    assert hint() == "No hint is needed: all exercises have full marks.\n"


@pytest.mark.parametrize(
    "name", ["ex03", "ex03_reshape", "ex03_reshape.py", "exercises/ex03_reshape.py"]
)
def test_names_of_an_exercise(hint, name):
    assert hint(name).startswith("ex03/forward, hint 1 of 3")


@pytest.mark.parametrize("name", ["ex03/backward", "ex03_reshape/backward"])
def test_a_part_that_is_named_is_not_graded(hint, folder, name):
    (folder / "ex03_reshape.py").write_text("raise SystemExit", "utf-8")
    assert hint(name).startswith("ex03/backward, hint 1 of 3")
    assert f"For the next hint: python -m grader hint {name} --sub" in hint(name)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("ex99", "ex01, ex02, ex03, ex04, ex05, ex06, ex07, ex08, ex09, ex10"),
        ("ex0", "ex01, "),
        ("", "ex01, "),
        ("milestones", "ex01, "),
        ("milestones/xor", "ex01, "),
        ("../../etc/passwd", "ex01, "),
        ("ex03/sideways", "ex03/forward, ex03/backward."),
        ("ex03_reshape/forward/x", "ex03/forward, ex03/backward."),
    ],
)
@pytest.mark.parametrize("reset", [[], ["--reset"]])
def test_unknown_names(hint, folder, name, known, reset):
    printed = hint(name, *reset, status=2)
    assert printed.startswith(f"There are no hints for {name}. There are hints for {known}")
    assert printed.count("\n") == 1
    assert not (folder / MEMORY).exists()


@pytest.mark.parametrize("arguments", [["ex03"], ["ex03/forward"], ["--reset"], []])
def test_a_folder_that_does_not_exist(tmp_path, capsys, arguments):
    for folder in (tmp_path / "no", tmp_path / "file"):
        (tmp_path / "file").touch()
        assert main(["hint", *arguments, "--submission", str(folder)]) == 2
        assert capsys.readouterr().err == f"--submission: there is no folder {folder}\n"


def test_the_usual_folder_is_not_named_again(folder, capsys, monkeypatch):
    folder.rename(folder.parent / "exercises")
    monkeypatch.chdir(folder.parent)
    main(["hint", "ex03"])
    assert capsys.readouterr().out.endswith("\nFor the next hint: python -m grader hint ex03\n")
    assert json.loads((folder.parent / "exercises" / MEMORY).read_text("utf-8"))


@pytest.mark.parametrize("columns", ["1", "40", "72", "500"])
def test_lines_fit_the_terminal(hint, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    for part in HINTED:
        lines = hint(part.id).split("\n\n")[1].splitlines()
        if int(columns) >= 40:
            assert max(map(len, lines)) <= min(int(columns), 100)
        assert words(" ".join(lines)) == all_hints()[part.id][0]


def test_a_terminal_without_unicode(folder, root):
    command = [sys.executable, "-m", "grader", "hint", "ex08/backward", "--submission", folder]
    for _ in range(LEVELS + 1):
        done = subprocess.run(
            command,
            cwd=root,
            env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(root)},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
    assert b"?E/?X = G ? ?" in done.stdout


def test_students_need_no_packages_that_only_authors_use(root):
    code = "import grader.hints.give_hint, sys; print({'nbgrader', 'jupytext'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.stdout == "set()\n"
