"""Whoever lacks an extra is told the command that installs it."""

import sys
import tomllib

import pytest

from grader.__main__ import main
from grader.commands.missing_package import EXTRAS, missing_package


@pytest.mark.parametrize("package", ["nbgrader", "jupytext"])
def test_a_command_says_what_to_install(package, monkeypatch, capsys):
    for name in list(sys.modules):
        if name.startswith(("grader.authoring", f"{package}.")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    assert main(["build", "--check"]) == 2
    error = capsys.readouterr().err
    assert f"needs the package {package}" in error
    assert "pip install --editable '.[instructor]'" in error


def test_a_package_of_no_extra_stays_an_error():
    assert missing_package(ModuleNotFoundError(name="numpy")) == ""
    assert missing_package(ModuleNotFoundError()) == ""


def test_every_extra_is_one_of_pyproject_s(root):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(EXTRAS) <= set(project["optional-dependencies"])
