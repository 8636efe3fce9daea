"""Fixtures for students who ask for hints."""

import shutil

import pytest

from grader.__main__ import main


@pytest.fixture
def folder(tmp_path, root):
    """The exercises as students get them."""
    ignore = shutil.ignore_patterns("__pycache__", ".*")
    return shutil.copytree(root / "exercises", tmp_path / "mine", ignore=ignore)


@pytest.fixture
def hint(folder, capsys, monkeypatch):
    """Run `python -m grader hint` on that folder: `hint("ex02")` returns what it prints."""
    monkeypatch.setenv("COLUMNS", "90")

    def run(*arguments, status=0):
        capsys.readouterr()
        done = main(["hint", *arguments, "--submission", str(folder)])
        printed = capsys.readouterr()
        assert done == status
        assert bool(printed.err) == bool(status)
        return printed.err + printed.out

    return run
