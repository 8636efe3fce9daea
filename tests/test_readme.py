"""The README's commands are the ones that CI runs."""

import os
import re
import shutil
import subprocess
import sys


def test_ci_runs_the_commands_of_the_readme_word_for_word(root):
    readme = (root / "README.md").read_text("utf-8")
    script = (root / ".ci/run").read_text("utf-8")
    grade, test = re.findall(r"\n```\n(python3 -m venv .*)\n```\n", readme)
    assert f"({grade})" in script
    assert script.rstrip().endswith(f"\n{test}")


def test_every_path_in_the_readme_exists(root):
    readme = (root / "README.md").read_text("utf-8")
    for path in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (root / path).exists(), path


def test_grading_prints_what_the_readme_shows(root, solutions, tmp_path):
    readme = (root / "README.md").read_text("utf-8")
    folder = shutil.copytree(root / "exercises", tmp_path / "exercises")
    shutil.copy(solutions / "ex01_correlate.py", folder)
    text = (solutions / "ex02_convolutional.py").read_text("utf-8")
    text = text.replace("convolve2d(gradient", "correlate2d(gradient")
    (folder / "ex02_convolutional.py").write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", root / "grader"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )
    (sample,) = re.findall(r"\n```\n(_ ex02.*?)\n```\n", readme, re.DOTALL)
    printed = without_total(done.stdout)
    assert [line for line in without_total(sample) if line not in printed] == [" …"]


def without_total(text):
    """Return the lines of a table; what all exercises add up to is not the README's to say."""
    return re.sub(r"(total +\d+)/\d+", r"\1/…", text).splitlines()
