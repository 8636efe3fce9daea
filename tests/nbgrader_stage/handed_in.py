"""Thirty submissions such as an instructor gets, and the marks that each deserves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]


def edit(folder: Path, exercise: str, change: Callable[[Any], None]) -> None:
    """Change the notebook of an exercise."""
    (path,) = folder.glob(f"{exercise}_*.ipynb")
    notebook = json.loads(path.read_text("utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), "utf-8")


def replace(old: str, new: str) -> Callable[[Any], None]:
    """Return a function that replaces a piece of a notebook's code."""

    def change(notebook: Any) -> None:
        found = False
        for cell in notebook["cells"]:
            text = "".join(cell["source"])
            found = found or old in text
            cell["source"] = text.replace(old, new)
        assert found, old

    return change


def marked(notebook: Any) -> list[Any]:
    """Return the cells that carry marks."""
    return [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade")]


def without_marked_cells(notebook: Any) -> None:
    """Delete every marked cell."""
    deleted = marked(notebook)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in deleted]


def with_forged_cells(notebook: Any) -> None:
    """Make every marked cell claim full marks and more."""
    for cell in marked(notebook):
        cell["source"] = "1000.0"
        cell["metadata"]["nbgrader"]["points"] = 1000


def twice(notebook: Any) -> None:
    """Duplicate every cell, with the same ids."""
    notebook["cells"] = [cell for cell in notebook["cells"] for _ in range(2)]


def without_metadata(notebook: Any) -> None:
    """Delete all metadata, as some editors do."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    notebook["metadata"] = {}


def retyped(notebook: Any) -> None:
    """Turn marked cells into text, and text into raw cells."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["cell_type"] = "raw"
    for cell in marked(notebook):
        cell["cell_type"] = "markdown"
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def moved(notebook: Any) -> None:
    """Move the marked cells to the top, in reverse order."""
    first = marked(notebook)[::-1]
    notebook["cells"] = first + [cell for cell in notebook["cells"] if cell not in first]


def with_strange_metadata(notebook: Any) -> None:
    """Add metadata that no schema allows."""
    notebook["metadata"] = {"kernelspec": {"name": "julia-1.9", "display_name": 7}, "x": [None]}
    for cell in notebook["cells"]:
        cell["metadata"].setdefault("nbgrader", {"grade_id": ["no", "text"]})
        cell["metadata"]["nbgrader"]["schema_version"] = "seven"
        cell["id"] = "the same for all"


def with_magic_and_failures(notebook: Any) -> None:
    """Insert cells with magic commands, and cells that fail."""
    cells = [
        "%matplotlib inline",
        "!echo hello",
        "1 / 0",
        "def (",
        "%%time\nx = 3\nassert x == 3",
        "",
    ]
    made = [{"cell_type": "code", "metadata": {}, "source": text, "outputs": []} for text in cells]
    notebook["cells"][1:1] = made


def of_version_3(notebook: Any) -> None:
    """Convert the notebook to format 3, from 2013."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["language"] = "python"
    sheet = {"cells": notebook.pop("cells")}
    notebook |= {"worksheets": [sheet], "nbformat": 3, "nbformat_minor": 0}


def attacking(code: str) -> Callable[[Any], None]:
    """Return a function that appends code to the first solution cell of a notebook."""

    def change(notebook: Any) -> None:
        own = (c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
        cell = next(own)
        cell["source"] = "".join(cell["source"]) + "\n" + code

    return change


def _surrogate(content: bytes) -> bytes:
    return content.replace(b'"# Exercise 3', b'"\\ud800 # Exercise 3', 1).replace(
        b"# # Exercise", b"\\udfff Exercise"
    )


class Due(NamedTuple):
    """Prefixes of the parts that deserve full marks, and of those that deserve only some.

    All other parts deserve none.
    """

    full: tuple[str, ...]
    less: tuple[str, ...] = ()


ALL = Due(("ex", "milestones"))
SOME = Due(("ex03", "ex05"))
"""What most submissions have solved; the milestones would take too long."""
ONE = Due(("ex05",))
LATE = ("return input_gradient", "return self.weights.T @ output_gradient")
ASSIGNED = ("input_gradient[j] += ", "input_gradient[j] = ")
GIVES_ITSELF_MARKS = "grade = lambda part: 2.0"
PATCHES_THE_CHECKS = """
import grader.test_ex03_reshape as checks
for name in dir(checks):
    if name.startswith("expect"):
        setattr(checks, name, lambda *args, **words: args[0] if args else None)
Reshape.forward = Reshape.backward = lambda self, x, *rest: x
"""
READS_THE_SOLUTION = """
import pathlib, grader
source = pathlib.Path(grader.__file__).parents[1] / "solutions" / "ex03_reshape.py"
exec(source.read_text("utf-8").partition("if __name__")[0])
"""
ATTACKS = ("gives_itself_marks", "patches_the_checks", "reads_the_solution", "exits")
"""Submissions that must be graded in a sandbox only."""
EXIT = ("return np.reshape(input", "__import__('os')._exit(0)\n        return np.reshape(input")


class Handed:
    """Writes submissions to `submitted/`, and knows what each deserves.

    Parameters
    ----------
    course : Path
        The course's folder, with source/ and release/.
    """

    def __init__(self, course: Path) -> None:
        self.course = course
        self.due: dict[str, Due] = {}

    def folder(self, student: str, due: Due) -> Path:
        """Make a new submission in which exactly the parts with marks due are solved."""
        self.due[student] = due
        target = self.course / "submitted" / student / "core"
        target.mkdir(parents=True)
        exercises = tuple(id.partition("/")[0] for id in due.full + due.less)
        for path in (self.course / "release" / "core").glob("*.ipynb"):
            solved = path.name.startswith(exercises)
            shutil.copy(
                self.course / ("source" if solved else "release") / "core" / path.name, target
            )
        return target

    def write(self, *, thorough: bool) -> None:
        """Write the submissions that take seconds to grade, or all of them."""
        self.folder("stubs", Due(()))
        self._scripts()
        self._changed()
        self._broken()
        self._mistaken()
        if thorough:
            self._alternatives()

    def _scripts(self) -> None:
        self.folder("solutions", ALL)
        mixed = self.folder("mixed", Due(("ex02", "ex03", "ex05")))
        for name in ("ex02_convolutional", "ex05_activations"):
            (mixed / f"{name}.ipynb").unlink()
            shutil.copy(ROOT / "solutions" / f"{name}.py", mixed)

    def _changed(self) -> None:
        for change in (
            *(without_marked_cells, twice, without_metadata, retyped, moved, of_version_3),
            *(with_strange_metadata, with_magic_and_failures),
        ):
            folder = self.folder(change.__name__, SOME)
            for exercise in ("ex03", "ex05"):
                edit(folder, exercise, change)
        forged = self.folder("forged", Due(()))
        for exercise in ("ex03", "ex05"):
            edit(forged, exercise, with_forged_cells)

    def _broken(self) -> None:
        changes: dict[str, tuple[Due, Callable[[bytes], bytes]]] = {
            "truncated": (ONE, lambda content: content[: len(content) // 2]),
            "empty": (ONE, lambda _: b""),
            "no_text": (ONE, lambda _: bytes(range(256))),
            "no_notebook": (ONE, lambda _: b"[1, 2, 3]"),
            "byte_order_mark": (SOME, lambda content: b"\xef\xbb\xbf" + content),
            "surrogate": (SOME, _surrogate),
        }
        for name, (due, change) in changes.items():
            path = next(self.folder(name, due).glob("ex03_*"))
            path.write_bytes(change(path.read_bytes()))
        next(self.folder("missing", ONE).glob("ex03_*")).unlink()
        path = next(self.folder("renamed", ONE).glob("ex03_*"))
        path.rename(path.with_name("ex03_reshape (1).ipynb"))
        linked = self.folder("linked", ONE)
        path = next(linked.glob("ex03_*"))
        path.unlink()
        path.symlink_to(self.course / "source" / "core" / path.name)
        (linked / "notes.txt").symlink_to("/etc/passwd")

    def _mistaken(self) -> None:
        late = Due(("ex04/initialisation", "ex04/forward", "ex05"), ("ex04/backward",))
        edit(self.folder("late", late), "ex04", replace(*LATE))
        assigned = Due(("ex02/forward",), ("ex02/backward",))
        edit(self.folder("assigned", assigned), "ex02", replace(*ASSIGNED))
        for name, code in (
            ("gives_itself_marks", GIVES_ITSELF_MARKS),
            ("patches_the_checks", PATCHES_THE_CHECKS),
            ("reads_the_solution", READS_THE_SOLUTION),
        ):
            edit(self.folder(name, Due(())), "ex03", attacking(code))
        exits = Due(("ex03/backward", "ex05"), ("ex03/forward",))
        edit(self.folder("exits", exits), "ex03", replace(*EXIT))

    def _alternatives(self) -> None:
        for path in sorted((ROOT / "tests" / "alternatives").glob("*/ex01_correlate.py")):
            name = path.parent.name
            if name == "loops":  # takes a quarter of an hour for its milestones
                continue
            written = tuple(
                sorted(script.stem.partition("_")[0] for script in path.parent.glob("ex*"))
            )
            folder = self.folder(f"alternative-{name}", Due((*written, "milestones")))
            for notebook in folder.glob("ex*.ipynb"):
                notebook.unlink()
            for script in path.parent.glob("*.py"):
                shutil.copy(script, folder)
