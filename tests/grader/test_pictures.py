"""Pictures in the texts: drawn by the build, checked without drawing, and part of the notebooks."""

import json
import shutil
from base64 import b64decode

import pytest
from PIL import Image

from grader.authoring.build import BuildError, build, check
from grader.authoring.pictures import all_pictures
from tests.conftest import ROOT
from tests.grader.editing import edit

EXERCISE = "ex10_batch_convolution"
DRAWING = f"solutions/pictures/{EXERCISE}.py"
PICTURE = f"exercises/pictures/{EXERCISE}/turned.png"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A course with all that a build writes."""
    folder = tmp_path_factory.mktemp("pictures")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("solutions", "exercises"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    build(folder, force=True)
    return folder


@pytest.fixture
def course(built, tmp_path):
    """A course of its own."""
    return shutil.copytree(built, tmp_path / "course")


def test_the_kit_s_pictures_are_small_and_can_be_opened():
    pictures = all_pictures(ROOT)
    assert len(pictures) >= 3
    for picture in pictures:
        assert picture.current, picture.name
        assert picture.path.stat().st_size < 100_000, picture.name
        with Image.open(picture.path) as image:
            assert 200 < image.width < 1600, picture.name


def test_what_is_up_to_date_is_not_drawn(course):
    edit(course / "solutions/pictures/__main__.py", "figure.savefig(", "figure.unknown(")
    assert build(course) == []
    check(course)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda course: edit(course / DRAWING, "right = ", "right  = "),
        lambda course: edit(course / "solutions/pictures/style.py", "#0072B2", "#0072B3"),
        lambda course: (course / PICTURE).unlink(),
        lambda course: (course / PICTURE).write_bytes(b"no picture"),
        lambda course: shutil.copy(course / PICTURE, course / PICTURE.replace("turned", "left")),
    ],
)
def test_check_finds_pictures_that_are_out_of_date(course, spoil):
    spoil(course)
    with pytest.raises(BuildError, match=r"Out of date: exercises/pictures.*grader build"):
        check(course)


def test_a_changed_drawing_is_drawn_anew(course):
    before = (course / PICTURE).read_bytes()
    edit(course / DRAWING, ": turned", ": the other way round")
    written = build(course)
    notebook = course / f"course/source/advanced/{EXERCISE}.ipynb"
    assert {course / PICTURE, notebook} <= set(written)
    assert (course / PICTURE).read_bytes() != before
    check(course)


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (DRAWING, "def turned(", "def other(", "nothing draws pictures/.*turned.png"),
        (DRAWING, "def _stack(", "def stack(", "No exercise shows .*stack.png"),
        (f"solutions/{EXERCISE}.py", "![Two images", "![](pictures/{}) [Two", "alternative text"),
        (DRAWING, "canvas(18, 3.3)", "canvas(18)", "could not be drawn.*\n(.*\n)*TypeError"),
    ],
)
def test_faults_are_refused(course, file, old, new, sentence):
    edit(course / file, old, new.replace("{}", f"{EXERCISE}/turned.png"))
    before = (course / PICTURE).read_bytes()
    with pytest.raises(BuildError, match=sentence):
        build(course)
    assert (course / PICTURE).read_bytes() == before


def test_a_notebook_contains_its_pictures(built):
    text = (built / f"course/source/advanced/{EXERCISE}.ipynb").read_text("utf-8")
    cells = [cell for cell in json.loads(text)["cells"] if cell.get("attachments")]
    found = {name: forms for cell in cells for name, forms in cell["attachments"].items()}
    name = f"{EXERCISE}-turned.png"
    assert b64decode(found[name]["image/png"]) == (built / PICTURE).read_bytes()
    assert any(f"](attachment:{name})" in "".join(cell["source"]) for cell in cells)
    assert "](pictures/" not in text
