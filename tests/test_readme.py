"""The README's commands are the ones that CI runs."""

import re


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
