"""Hints are built from `solutions/` and do not give the code away."""

import ast
import json
import re
import shutil
import tomllib

import pytest

from grader.authoring.build import BuildError, build, check
from grader.authoring.exercise_stubs import SourceError
from grader.authoring.hints import code_in, hints_text
from grader.hints.hint_texts import LEVELS, all_hints
from tests.grader.editing import HINTED, edit


def test_hints_are_in_the_order_of_the_course():
    assert list(all_hints()) == [part.id for part in HINTED]
    assert len(HINTED) >= 23  # a new exercise may have none, but the old ones keep theirs
    assert {len(hints) for hints in all_hints().values()} == {LEVELS}


@pytest.mark.parametrize("part", HINTED, ids=lambda part: part.id)
def test_no_hint_contains_a_line_of_the_solution(solutions, part):
    source = (solutions / f"{part.exercise}.py").read_text("utf-8")
    regions = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", source, re.DOTALL)
    lines = {re.sub(r"\s", "", line) for region in regions for line in region.splitlines()}
    text = re.sub(r"[\s`]", "", " ".join(all_hints()[part.id]))
    assert [line for line in lines if len(line) > 7 and line in text] == []


@pytest.mark.parametrize("part", HINTED, ids=lambda part: part.id)
def test_hints_are_short_and_plain(part):
    for hint in all_hints()[part.id]:
        assert len(hint) < 360
        assert hint[-1] in ".?)"
        assert not re.search(r"[$\\*{}#]|\bnp\.\w+\(|self\.\w+ = ", hint)


@pytest.mark.parametrize("part", HINTED, ids=lambda part: part.id)
def test_quotations_in_hints_are_in_the_exercise(root, part):
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
    """A separate course that a test may damage."""
    return shutil.copytree(built, tmp_path / "course")


def test_hints_are_in_their_file_and_not_in_the_exercises(course, root):
    made = (course / "grader/hints/hints.json").read_text("utf-8")
    assert made == (root / "grader/hints/hints.json").read_text("utf-8")
    for path in (course / "exercises").glob("*.py"):
        words = " ".join(path.read_text("utf-8").replace("\n# ", " ").split())
        assert "hints=" not in words
        for hints in json.loads(made).values():
            assert not [hint for hint in hints if hint in words]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda course: edit(course / "solutions/ex03_reshape.py", "Nothing is computed", "Hardly"),
        lambda course: edit(course / "grader/hints/hints.json", "Nothing is computed", "Hardly"),
        lambda course: (course / "grader/hints/hints.json").unlink(),
        lambda course: (course / "grader/hints/hints.json").write_text("", "utf-8"),
    ],
)
def test_check_finds_drift(course, spoil):
    spoil(course)
    with pytest.raises(BuildError, match=r"Out of date: grader/hints/hints\.json\. .*build"):
        check(course)
    assert build(course) in ([course / "grader/hints/hints.json"], [])
    check(course)


CELL = '# %% [markdown] hints="forward"\n'
FIRST = "# Look at the example with the numbers 1 to 12"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            CELL,
            CELL.replace("hints=", "hint="),
            r"ex03_reshape\.py: a cell has an unknown entry, 'hint'",
        ),
        (
            CELL,
            CELL.replace("forward", "forwards"),
            r"ex03/forwards, which is not a part of an exercise\.$",
        ),
        (CELL, CELL.replace("forward", ""), r"for ex03/, which is not a part of an exercise\.$"),
        (
            CELL,
            CELL.replace("forward", "backward"),
            "more than one cell with hints for ex03/backward",
        ),
        (CELL, CELL.replace(" [markdown]", ""), r"must be in a \[markdown\] cell"),
        (CELL, CELL + "# One more.\n#\n", "must be 3 paragraphs, found 4"),
        (f"#\n{FIRST}", FIRST, "must be 3 paragraphs, found 2"),
        (CELL, f"{CELL}\n{CELL.replace('forward', 'empty')}", "must be 3 paragraphs, found 1"),
        (
            FIRST,
            "# return np.reshape(input, self.output_shape)",
            "contains code: .*reshape",
        ),
        (FIRST, "# Try np.reshape( input,\n# self.output_shape ) there", "contains code"),
        (FIRST, "# Try `np.reshape`(input, self.output_shape) there", "contains code"),
        (FIRST, "# Try np.ravel(input), perhaps", r"contains code: np\.ravel\(input\)"),
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
    with pytest.raises(BuildError, match="layer/forward, which is not a part of an exercise"):
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
        with pytest.raises(SourceError, match="contains code"):
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
def test_words_and_maths_are_not_code(text):
    assert code_in(text) == ""


def test_hints_are_installed_with_the_grader(root):
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    assert "hints.json" in settings["tool"]["setuptools"]["package-data"]["grader.hints"]
