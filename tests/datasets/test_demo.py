"""Running an exercise that is not finished, on a machine without a display."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = [
    path.name
    for path in sorted((ROOT / "solutions").glob("*.py"))
    if "__main__" in path.read_text("utf-8")
]
PNG = b"\x89PNG"


def run(program, folder, **variables):
    """Run a program in a folder, with nothing to show figures on, and return how it ended."""
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, "-W", "error", program],
        cwd=folder,
        env=environment | {"MPLBACKEND": "agg"} | variables,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_unfinished_exercise_says_what_is_missing(program, tmp_path):
    """It names the function with its file and line, and ends without an error."""
    exercises = shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    result = run(exercises / program, tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    assert " is not written yet, so what needs it is left out." in result.stdout
    assert re.search(r"exercises/ex\d+_\w+\.py:\d+: \w", result.stdout)


@pytest.mark.parametrize("program", [name for name in PROGRAMS if name != "milestones.py"])
def test_a_solved_exercise_draws_everything(program, tmp_path):
    """Nothing is missing, and the picture is saved and its path said."""
    result = run(ROOT / "solutions" / program, tmp_path)
    assert result.returncode == 0, result.stderr
    assert "not written" not in result.stdout
    picture = tmp_path / Path(program).with_suffix(".png").name
    assert f"There is no display; the picture is in {picture}" in result.stdout
    assert picture.read_bytes().startswith(PNG)


SCRIPT = """
from matplotlib import pyplot as plt
from datasets.demo import if_written, show

def unfinished():
    raise NotImplementedError

def broken():
    raise ValueError("this is another matter")

figure, axis = plt.subplots()
for _ in range(2):
    with if_written():
        axis.plot([1, 2])
        unfinished()
{more}
show()
"""


def test_what_is_missing_is_said_once(tmp_path):
    """A function that is called twice is named once; what could be drawn is drawn."""
    (tmp_path / "script.py").write_text(SCRIPT.format(more=""), "utf-8")
    result = run("script.py", tmp_path)
    assert result.stdout.splitlines()[:-1] == [
        "script.py:6: unfinished is not written yet, so what needs it is left out."
    ]
    assert (tmp_path / "script.png").read_bytes().startswith(PNG)


def test_other_errors_are_not_hidden(tmp_path):
    """An exception of a function that is written has its traceback."""
    more = "with if_written():\n    broken()"
    (tmp_path / "script.py").write_text(SCRIPT.format(more=more), "utf-8")
    result = run("script.py", tmp_path)
    assert result.returncode == 1
    assert "ValueError: this is another matter" in result.stderr


def test_a_picture_that_cannot_be_saved(tmp_path):
    """One sentence says what is wrong and what to do."""
    (tmp_path / "script.py").write_text(SCRIPT.format(more=""), "utf-8")
    (tmp_path / "script.png").mkdir()
    result = run("script.py", tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{tmp_path / 'script.png'} cannot be written: Is a directory.")
    assert len(result.stderr.splitlines()) == 1
