"""Hints: made from `solutions/` without giving the code away, and given one at a time."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from grader.__main__ import main
from grader.authoring.build import BuildError, build, check
from grader.authoring.exercises import SourceError
from grader.authoring.hints import code_in, hints_text
from grader.checking.marks import all_parts
from grader.hints import LEVELS, MEMORY, all_hints
from grader.obstacle import SEED
from grader.options import PUBLIC_SEED

PARTS = [part for part in all_parts() if part.id.startswith("ex")]
STUB = "raise NotImplementedError"


def edit(path, old, new):
    """Replace a piece of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# ---- the texts


def test_every_part_has_its_hints_in_the_order_of_the_course():
    assert list(all_hints()) == [part.id for part in PARTS]
    assert {len(hints) for hints in all_hints().values()} == {LEVELS}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_no_hint_holds_a_line_of_the_solution(solutions, part):
    source = (solutions / f"{part.exercise}.py").read_text("utf-8")
    regions = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", source, re.DOTALL)
    lines = {re.sub(r"\s", "", line) for region in regions for line in region.splitlines()}
    text = re.sub(r"[\s`]", "", " ".join(all_hints()[part.id]))
    assert [line for line in lines if len(line) > 7 and line in text] == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_hints_are_short_and_plain(part):
    for hint in all_hints()[part.id]:
        assert len(hint) < 360
        assert hint[-1] in ".?)"
        assert not re.search(r"[$\\*{}#]|\bnp\.\w+\(|self\.\w+ = ", hint)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_what_hints_quote_stands_in_the_exercise(root, part):
    text = (root / "exercises" / f"{part.exercise}.py").read_text("utf-8")
    for hint in all_hints()[part.id]:
        for words in re.findall(r'"(.*?)"', hint):
            assert words in text, words
        for name in re.findall(r"self\.\w+", hint):
            assert name in text, name


# ---- from solutions/ to hints.json


@pytest.fixture(scope="module")
def built(tmp_path_factory, solutions):
    """A course that has been built."""
    folder = tmp_path_factory.mktemp("built")
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(solutions, folder / "solutions", ignore=ignore)
    build(folder)
    return folder


@pytest.fixture
def course(tmp_path, built):
    """A course of its own, to be spoiled."""
    return shutil.copytree(built, tmp_path / "course")


def test_hints_are_in_their_file_and_not_in_the_exercises(course, root):
    made = (course / "grader/hints.json").read_text("utf-8")
    assert made == (root / "grader/hints.json").read_text("utf-8")
    for path in (course / "exercises").glob("*.py"):
        words = " ".join(path.read_text("utf-8").replace("\n# ", " ").split())
        assert "hints=" not in words
        for hints in json.loads(made).values():
            assert not [hint for hint in hints if hint in words]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda course: edit(course / "solutions/ex03_reshape.py", "Nothing is computed", "Hardly"),
        lambda course: edit(course / "grader/hints.json", "Nothing is computed", "Hardly"),
        lambda course: (course / "grader/hints.json").unlink(),
        lambda course: (course / "grader/hints.json").write_text("", "utf-8"),
    ],
)
def test_check_finds_drift(course, spoil):
    spoil(course)
    with pytest.raises(BuildError, match=r"Not what its sources give: grader/hints.json\. .*build"):
        check(course)
    assert build(course) in ([course / "grader/hints.json"], [])
    check(course)


CELL = '# %% [markdown] hints="forward"\n'
FIRST = "# Look at the example with the numbers 1 to 12"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (CELL, "# %% [markdown]\n", r"ex03_reshape\.py: there are no hints for ex03/forward\. Add"),
        (CELL, CELL.replace("hints=", "hint="), "there are no hints for ex03/forward"),
        (CELL, CELL.replace("forward", "forwards"), "no part of an exercise: ex03/forwards"),
        (CELL, CELL.replace("forward", ""), "no part of an exercise: ex03/$"),
        (
            CELL,
            CELL.replace("forward", "backward"),
            "more than one cell of hints for ex03/backward",
        ),
        (CELL, CELL.replace(" [markdown]", ""), r"must be a \[markdown\] cell"),
        (CELL, CELL + "# One more.\n#\n", "must be 3 paragraphs, not 4"),
        (f"#\n{FIRST}", FIRST, "must be 3 paragraphs, not 2"),
        (CELL, f"{CELL}\n{CELL.replace('forward', 'empty')}", "must be 3 paragraphs, not 1"),
        (
            FIRST,
            "# return np.reshape(input, self.output_shape)",
            "holds code, not words: .*reshape",
        ),
        (FIRST, "# Try np.reshape( input,\n# self.output_shape ) there", "holds code"),
        (FIRST, "# Try `np.reshape`(input, self.output_shape) there", "holds code"),
        (FIRST, "# Try np.ravel(input), perhaps", r"holds code, not words: np\.ravel\(input\)"),
    ],
)
def test_faults_of_hints_are_refused(course, old, new, sentence):
    source = course / "solutions/ex03_reshape.py"
    if old.startswith("#\n"):  # join two paragraphs
        text = source.read_text("utf-8")
        old = text[text.index(FIRST) : text.index("# Nothing is computed")]
        new = old.removesuffix("#\n")
    edit(source, old, new)
    before = {path: path.read_bytes() for path in course.rglob("*.*") if path.is_file()}
    with pytest.raises(BuildError, match=sentence):
        build(course)
    with pytest.raises(BuildError, match=sentence):
        check(course)
    assert before == {path: path.read_bytes() for path in course.rglob("*.*") if path.is_file()}


def test_hints_for_a_given_file_are_refused(course):
    with (course / "solutions/layer.py").open("a", encoding="utf-8") as file:
        file.write('\n# %% [markdown] hints="forward"\n# One.\n#\n# Two.\n#\n# Three.\n')
    with pytest.raises(BuildError, match="no part of an exercise: layer/forward"):
        build(course)


@pytest.mark.parametrize("path", ["ex02_convolutional", "ex04_dense", "ex07_softmax"])
def test_each_line_and_expression_of_a_solution_is_refused_as_a_hint(course, path):
    source = course / f"solutions/{path}.py"
    text = source.read_text("utf-8")
    regions = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", text, re.DOTALL)
    lines = [line.strip() for region in regions for line in region.splitlines()]
    told = [line for line in lines if len(line) >= 12]
    told += [ast.unparse(ast.parse(line).body[0].value) for line in told if line[-1] == ")"]
    anchor = re.search(r"# %% \[markdown\] hints=.*\n", text).group()
    assert len(told) > 5
    for line in told:
        source.write_text(text.replace(anchor, f"{anchor}# Now {line} comes next.\n"), "utf-8")
        with pytest.raises(SourceError, match="holds code, not words"):
            hints_text([source])


@pytest.mark.parametrize(
    "text",
    [
        "np.sum(a)",
        "Take `np.sum(a)`, then divide.",
        "Take (np.sum(a) / n).",
        "reshape it: input.reshape(shape)!",
        "the last is kernel[::-1, ::-1] there",
        "weights @ input",
        "a * b, element by element",
        "x ** 2",
        "total += loss",
        "self.mask = np.ones(shape)",
        "if it is so: mode == 'full'",
        "lambda x: x",
        "max(0, x)",
    ],
)
def test_code_is_recognised(text):
    assert code_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "np.clip does it, and so does self.activation.",
        "`np.clip` does it.",
        "The shape (m, n) becomes (n, 1), at [1, 0, 0].",
        "y = f(x), g(x) and f′(X)",
        "Y = W X + B",
        "1 / (1 − r), or 1/n, or 2 / n",
        "y · log (1 − p) over Σ e^(x − m), where x ≥ 0 or x < 0",
        "Return it; raise it to the power of 2. Is it one-to-one, or not?",
        "a sum (over all i), minus the rest",
    ],
)
def test_words_and_maths_are_no_code(text):
    assert code_in(text) == ""


def test_hints_are_installed_with_the_grader(root):
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    assert "hints.json" in settings["tool"]["setuptools"]["package-data"]["grader"]


# ---- the command


@pytest.fixture
def folder(tmp_path, root):
    """The exercises as students get them."""
    ignore = shutil.ignore_patterns("__pycache__", ".*")
    return shutil.copytree(root / "exercises", tmp_path / "mine", ignore=ignore)


@pytest.fixture
def hint(folder, capsys, monkeypatch):
    """Run `python -m grader hint` on that folder: `hint("ex02")` is what it printed."""
    monkeypatch.setenv("COLUMNS", "90")

    def run(*arguments, status=0):
        capsys.readouterr()
        done = main(["hint", *arguments, "--submission", str(folder)])
        printed = capsys.readouterr()
        assert done == status
        assert bool(printed.err) == bool(status)
        return printed.err + printed.out

    return run


def solve(folder, solutions, exercise):
    shutil.copy(solutions / f"{exercise}.py", folder)


def words(text):
    return " ".join(text.split())


def test_one_hint_after_the_other_then_all_again(hint, folder):
    texts = all_hints()["ex03/forward"]
    for level, text in enumerate(texts, start=1):
        printed = hint("ex03")
        assert printed.startswith(f"ex03/forward, hint {level} of 3\n\n")
        assert [text for text in texts if text in words(printed)] == [text]
        again = f"\nThe next one: python -m grader hint ex03 --submission {folder}\n"
        assert (again in printed) == (level < 3)
    assert f"\nWhat precisely is wrong: pytest grader -k ex03 --submission {folder}\n" in printed
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


def test_without_a_name_the_whole_course_is_looked_at(hint, folder, solutions):
    solve(folder, solutions, "ex01_correlate")
    assert hint().startswith("ex02/forward, hint 1 of 3")


def test_all_exercises_solved(hint, folder, solutions):
    for path in solutions.glob("ex*.py"):
        shutil.copy(path, folder)
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
    assert f"The next one: python -m grader hint {name} --sub" in hint(name)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("ex99", "ex01, ex02, ex03, ex04, ex05, ex06, ex07, ex08, ex09."),
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
    assert printed.startswith(f"There are no hints for {name}. There are for {known}")
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
    assert capsys.readouterr().out.endswith("\nThe next one: python -m grader hint ex03\n")
    assert json.loads((folder.parent / "exercises" / MEMORY).read_text("utf-8"))


# ---- what was given


def test_reset(hint, folder):
    def given():
        memory = folder / MEMORY
        return json.loads(memory.read_text("utf-8")) if memory.exists() else {}

    for name in ("ex03/forward", "ex03/forward", "ex03/backward", "ex04/forward"):
        hint(name)
    assert given() == {"ex03/forward": 2, "ex03/backward": 1, "ex04/forward": 1}
    assert hint("ex03/forward", "--reset") == "The hints for ex03/forward start again.\n"
    assert given() == {"ex03/backward": 1, "ex04/forward": 1}
    hint("ex03_reshape", "--reset")
    assert given() == {"ex04/forward": 1}
    assert hint("--reset") == "The hints for everything start again.\n"
    assert not (folder / MEMORY).exists()
    hint("--reset")
    assert hint("ex03/forward").startswith("ex03/forward, hint 1 of 3")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"ex03/forward": "1"}',
        b'{"ex03/forward": true}',
        b'{"ex03/forward": 1.0}',
        b'{"ex03/forward": -1}',
        b'{"ex03/forward": 4}',
        b'{"ex03/forward": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_damaged_memory(hint, folder, content):
    (folder / MEMORY).write_bytes(content)
    printed = hint("ex03")
    assert printed.startswith("ex03/forward, hint 1 of 3")
    assert "cannot be read, so all hints start again: it is damaged." in words(printed)
    printed = hint("ex03")
    assert printed.startswith("ex03/forward, hint 2 of 3")
    assert "cannot be read" not in printed
    (folder / MEMORY).write_bytes(content)
    assert "cannot be read" in hint("ex04", "--reset")
    assert "cannot be read" not in hint("--reset")


def test_parts_of_another_course_are_no_damage(hint, folder):
    (folder / MEMORY).write_text('{"ex77/forward": 2, "ex03/forward": 1}', "utf-8")
    printed = hint("ex03")
    assert printed.startswith("ex03/forward, hint 2 of 3")
    assert "cannot be" not in printed


def test_a_memory_that_cannot_be_written(hint, folder):
    (folder / MEMORY).mkdir()
    for _ in range(2):
        printed = hint("ex03")
        assert printed.startswith("ex03/forward, hint 1 of 3")
        assert all_hints()["ex03/forward"][0] in words(printed)
        sentence = "cannot be written, so the next command gives this hint again: Is a directory."
        assert sentence in words(printed)
    assert f"{folder / MEMORY} cannot be changed: " in hint("--reset", status=2)


# ---- submissions that misbehave


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
def test_code_that_misbehaves_gets_a_hint_all_the_same(hint, folder, body):
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
def test_a_file_that_cannot_be_imported_uses_no_hint_up(hint, folder, text, sentence):
    path = folder / "ex03_reshape.py"
    path.write_text(text, "utf-8") if text else path.unlink()
    printed = words(hint("ex03"))
    assert printed.startswith(f"ex03/forward: {sentence}")
    assert printed.endswith(" That has to be mended first.")
    assert not (folder / MEMORY).exists()


def test_waiting_for_another_exercise_uses_no_hint_up(hint, folder, solutions):
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


# ---- the terminal


@pytest.mark.parametrize("columns", ["1", "40", "72", "500"])
def test_lines_fit_the_terminal(hint, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    for part in PARTS:
        lines = hint(part.id).split("\n\n")[1].splitlines()
        if int(columns) >= 40:
            assert max(map(len, lines)) <= min(int(columns), 100)
        assert words(" ".join(lines)) == all_hints()[part.id][0]


def test_a_terminal_without_such_signs(folder, root):
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


def test_students_need_nothing_that_only_authors_use(root):
    code = "import grader.hinting, sys; print({'nbgrader', 'jupytext'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.stdout == "set()\n"


def test_the_numbers_are_those_that_pytest_draws():
    assert SEED == PUBLIC_SEED
