"""A broken exercise costs marks in that exercise only, and the message explains it in a sentence."""

import pytest

from grader.checking.course import all_parts
from grader.submissions.local_submission import LocalSubmission

HANG = "\nwhile True:\n    pass\n"


def totals(parts):
    """Return the score and the statuses of each exercise."""
    found = {}
    for part in parts.values():
        exercise = part["id"].partition("/")[0]
        score, statuses = found.get(exercise, (0, set()))
        found[exercise] = (score + part["score"], statuses | {part["status"]})
    return found


def full_marks(exercise):
    """Return what an exercise is worth."""
    return sum(part.marks for part in all_parts() if part.id.partition("/")[0] == exercise)


def expect_cost(parts, exercise, status):
    """Assert that one exercise has no marks and all others have full marks."""
    for id, (score, statuses) in totals(parts).items():
        due = (0, {status}) if id == exercise else (full_marks(id), {"passed"})
        assert (score, statuses) == due, id


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        (None, "error", "ex04_dense.py is missing"),
        ("def forward(:\n", "error", "ex04_dense.py, line 1: SyntaxError"),
        ("x = (1,\n", "error", "never closed"),
        ("import numppy\n", "error", "line 1: ModuleNotFoundError: No module named 'numppy'"),
        ("1 / 0\n", "error", "ex04_dense.py, line 1: ZeroDivisionError: division by zero"),
        ("raise SystemExit\n", "error", "SystemExit"),
        ("", "error", "ex04_dense.py has no `Dense`"),
        (b"\xff\xfe\x00", "error", "ex04_dense.py cannot be imported"),
        ("x = '\ud800'\n".encode("utf-8", "surrogatepass"), "error", "cannot be imported"),
        ("raise NotImplementedError\n", "error", "ex04_dense.py, line 1: NotImplementedError"),
        (HANG, "timeout", "did not finish within"),
    ],
)
def test_a_broken_file_costs_only_its_exercise(grade, copy, text, status, words):
    path = copy / "ex04_dense.py"
    path.unlink()
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    parts = grade(copy)
    expect_cost(parts, "ex04", status)
    assert any(words in check["message"] for check in parts["ex04/forward"]["checks"]), parts[
        "ex04/forward"
    ]


@pytest.mark.usefixtures("hurried")
def test_an_endless_loop_costs_only_its_part(grade, copy):
    path = copy / "ex03_reshape.py"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace(
            "        return np.reshape(output_gradient",
            "        while True:\n            pass\n        return np.reshape(output_gradient",
        ),
        "utf-8",
    )
    parts = grade(copy)
    assert parts["ex03/backward"]["status"] == "timeout"
    assert [id for id, part in parts.items() if part["status"] != "passed"] == ["ex03/backward"]


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("clause", ["except Exception", "except", "finally"])
def test_a_loop_that_swallows_exceptions_is_stopped(grade, copy, clause):
    path = copy / "ex03_reshape.py"
    lines = ("while True:", "    try:", "        x = 1", f"    {clause}:", "        x = 2", "")
    loop = "\n        ".join(lines)
    text = path.read_text("utf-8").replace("return np.reshape(input", f"{loop}np.reshape(input")
    path.write_text(text, "utf-8")
    statuses = {id: part["status"] for id, part in grade(copy, "ex03").items()}
    assert statuses == {"ex03/forward": "timeout", "ex03/backward": "passed"}


def test_exit_in_a_function_is_an_error(grade, copy):
    path = copy / "ex09_training.py"
    text = path.read_text("utf-8").replace("    losses = []\n", "    exit()\n", 1)
    path.write_text(text, "utf-8")
    parts = grade(copy)
    assert parts["ex09/train"]["status"] == "error"
    assert (
        "SystemExit: this would end the whole program"
        in parts["ex09/train"]["checks"][0]["message"]
    )
    assert parts["ex09/predict"]["status"] == "passed"


@pytest.mark.parametrize("name", ["numpy", "random", "pytest", "grader", "scipy", "json"])
def test_a_file_named_like_a_library_breaks_nothing(grade, copy, name):
    (copy / f"{name}.py").write_text("raise RuntimeError('shadowed')\n", "utf-8")
    assert {part["status"] for part in grade(copy).values()} == {"passed"}


def test_layer_may_be_left_out(grade, copy):
    (copy / "layer.py").unlink()
    assert {part["status"] for part in grade(copy).values()} == {"passed"}


def test_a_part_that_waits_for_another_exercise_is_blocked(grade, copy):
    for name in ("ex01_correlate.py",):
        text = (copy / name).read_text("utf-8")
        text = text.replace(
            "    if mode not in", "    raise NotImplementedError\n    if mode not in"
        )
        (copy / name).write_text(text, "utf-8")
    path = copy / "ex02_convolutional.py"
    text = path.read_text("utf-8").replace("from scipy.signal", "from ex01_correlate")
    path.write_text(text, "utf-8")
    parts = grade(copy, "ex01", "ex02")
    assert parts["ex02/forward"]["status"] == "blocked"
    assert "waits for correlate2d" in parts["ex02/forward"]["checks"][0]["message"]
    assert parts["ex01/convolve2d"]["status"] == "passed"


def test_two_folders_in_one_process_do_not_mix(tmp_path):
    folders = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "helper.py").write_text(f"NAME = '{name}'\n", "utf-8")
        (folder / "layer.py").write_text(f"NAME = '{name}'\n", "utf-8")
        (folder / "ex01_correlate.py").write_text(
            "import layer\n\ndef early():\n    return layer.NAME\n\n"
            "def late():\n    import helper\n    return helper.NAME\n",
            "utf-8",
        )
        folders.append(LocalSubmission(folder))
    modules = [submission.load("ex01_correlate").target for submission in folders]
    for _ in range(2):
        for submission, module in zip(folders, modules, strict=True):
            with submission.active():
                assert module.early() == module.late() == submission.folder.name


def test_importing_a_submission_leaves_nothing_behind(copy):
    import sys

    before = set(sys.modules)
    LocalSubmission(copy).load("ex03_reshape")
    assert {name for name in set(sys.modules) - before if name.startswith(("ex", "layer"))} == set()
    assert str(copy) not in sys.path
