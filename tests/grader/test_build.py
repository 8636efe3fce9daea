"""`python -m grader build` writes the students' files, catches drift and leaks, and loses no work."""

import shutil
import subprocess
import sys

import pytest
import traitlets.log

from grader.authoring.build import BuildError, build, check
from tests.grader.editing import edit


@pytest.fixture(scope="module")
def built(tmp_path_factory, solutions):
    """A course under git that has been built, to be copied."""
    folder = tmp_path_factory.mktemp("built")
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(solutions, folder / "solutions", ignore=ignore)
    build(folder)
    for words in (
        ["init", "-q"],
        ["add", "exercises"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "Build"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


@pytest.fixture
def course(tmp_path, built):
    """A course of its own, under git."""
    return shutil.copytree(built, tmp_path / "course")


def test_the_repository_is_up_to_date(root):
    command = [sys.executable, "-m", "grader", "build", "--check"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_building_twice_changes_nothing(course):
    assert build(course) == []
    check(course)


def test_nothing_of_a_solution_is_left(course):
    for path in (course / "exercises").glob("ex*.py"):
        text = path.read_text("utf-8")
        assert "SOLUTION" not in text
        assert "raise NotImplementedError" in text
        assert "# TODO:" in text
        compile(text, path.name, "exec")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda course: edit(
            course / "solutions/ex03_reshape.py", "computes nothing", "counts nothing"
        ),
        lambda course: edit(course / "exercises/ex03_reshape.py", "# TODO:", "# DONE:"),
        lambda course: (course / "exercises/ex03_reshape.py").unlink(),
        lambda course: edit(course / "exercises/README.md", "| 18 |", "| 20 |"),
        lambda course: edit(course / "solutions/ex03_reshape.py", "minutes: 15", "minutes: 16"),
        lambda course: shutil.copy(
            course / "exercises/ex03_reshape.py", course / "exercises/ex33_reshape.py"
        ),
    ],
)
def test_check_finds_drift(course, spoil):
    spoil(course)
    with pytest.raises(BuildError, match=r"Out of date: exercises.*grader build"):
        check(course)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("### END SOLUTION", "", "nested"),
        ("### END SOLUTION", "### BEGIN SOLUTION", "nested"),
        ("### BEGIN SOLUTION", "# SOLUTION", "each `# TODO:` must be followed"),
        ("### BEGIN SOLUTION", "### begin solution", "each `# TODO:` must be followed"),
        (
            "# TODO: Return",
            "# return np.reshape(input, self.output_shape)\n        # TODO:",
            "also appears outside",
        ),
        (
            '        """Return the input in',
            '        return np.reshape(input, self.output_shape)\n        """Return the input in',
            "also appears outside",
        ),
        ("#     minutes: 15\n", "", "minutes"),
    ],
)
def test_leaks_and_faults_of_a_source_are_refused(course, old, new, sentence):
    source = course / "solutions/ex03_reshape.py"
    edit(source, old, new)
    before = (course / "exercises/ex03_reshape.py").read_bytes()
    with pytest.raises(BuildError, match=sentence) as caught:
        build(course)
    assert "ex03_reshape.py" in str(caught.value)
    assert (course / "exercises/ex03_reshape.py").read_bytes() == before


def test_a_last_region_without_an_end_is_refused(course):
    source = course / "solutions/ex03_reshape.py"
    head, end, tail = source.read_text("utf-8").rpartition("### END SOLUTION")
    assert end
    source.write_text(head + tail, "utf-8")
    with pytest.raises(BuildError, match=r"ex03_reshape.py: no end solution"):
        build(course)


def test_a_refusal_is_not_logged_and_the_logger_of_applications_still_works(course, caplog):
    """Other commands of this process, such as formgrader's, log there why they stopped."""
    edit(course / "solutions/ex03_reshape.py", "### END SOLUTION", "")
    with pytest.raises(BuildError):
        build(course)
    assert caplog.text == ""
    assert not traitlets.log.get_logger().disabled


def test_a_students_work_is_not_overwritten(course):
    exercise = course / "exercises/ex03_reshape.py"
    edit(exercise, "raise NotImplementedError", "return input")
    other = (course / "exercises/ex04_dense.py").read_bytes()
    edit(course / "solutions/ex04_dense.py", "# # Exercise 4", "# # Exercise four")
    with pytest.raises(BuildError, match=r"worked on exercises/ex03_reshape.py.*--force"):
        build(course)
    assert "return input" in exercise.read_text("utf-8")
    assert (course / "exercises/ex04_dense.py").read_bytes() == other
    assert exercise in build(course, force=True)
    assert "return input" not in exercise.read_text("utf-8")


def test_what_git_holds_or_the_last_build_wrote_may_be_overwritten(course):
    for title in ("Exercise three", "Exercise no. 3"):
        source = course / "solutions/ex03_reshape.py"
        text = source.read_text("utf-8").splitlines(keepends=True)
        number = next(n for n, line in enumerate(text) if line.startswith("# # "))
        text[number] = f"# # {title}\n"
        source.write_text("".join(text), "utf-8")
        notebook = course / "course/source/core/ex03_reshape.ipynb"
        assert build(course) == [course / "exercises/ex03_reshape.py", notebook]


def test_without_sources_nothing_is_written(tmp_path):
    with pytest.raises(BuildError, match="no files in"):
        build(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_course_can_be_elsewhere(course, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADER_COURSE", str(tmp_path / "elsewhere"))
    changed = build(course)
    assert tmp_path / "elsewhere/source/core/ex03_reshape.ipynb" in changed
    assert {path.parts[: len(tmp_path.parts) + 1] for path in changed} == {
        (*tmp_path.parts, "elsewhere")
    }
