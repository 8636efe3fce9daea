"""Check what this machine supports and what each exercise lacks."""

from __future__ import annotations

import ast
import os
import platform
import shutil
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from datasets import DatasetError, load_mnist
from grader.checking.course import all_parts
from grader.checking.part_declaration import Part
from grader.hints.hint_texts import all_hints
from grader.misconceptions import misconceptions_of
from grader.misconceptions.reference_submission import REFERENCE


class Advice(NamedTuple):
    """A sentence about one exercise; `wrong` if it reports an error, not just an option."""

    exercise: str
    text: str
    wrong: bool = False


def machine_report() -> Iterator[str]:
    """Yield a line for each optional feature, saying whether this machine has it."""
    yield f"Python {platform.python_version()} on {platform.system()}"
    if shutil.which("bwrap"):
        yield "sandbox: bubblewrap is installed"
    else:
        yield "sandbox: not available (on Debian and Ubuntu: apt install bubblewrap)"
    yield f"MNIST: {_mnist()}"
    for package, extra in (("nbgrader", "instructor"), ("jupyterlab", "notebook")):
        if find_spec(package):
            yield f"{package}: installed"
        else:
            yield f"{package}: not installed (pip install --editable '.[{extra}]')"


def _mnist() -> str:
    try:
        load_mnist(download=False)
    except DatasetError:
        return "not on this machine; milestones download it, or use scikit-learn's digits"
    folder = os.environ.get("MNIST_DIR")
    return f"in {folder}" if folder else "in the cache"


def course_report(root: Path) -> Iterator[Advice]:
    """Yield what is wrong with each exercise, and what it lacks that is optional.

    Parameters
    ----------
    root : Path
        The folder that contains `solutions/` and `tests/`; either may be missing.
    """
    for exercise in dict.fromkeys(part.exercise for part in all_parts()):
        parts = [part for part in all_parts() if part.exercise == exercise]
        advice = list(_advice(root, exercise, [part for part in parts if part.target]))
        yield from advice or [Advice(exercise, "complete")]


def _advice(root: Path, exercise: str, parts: Sequence[Part]) -> Iterator[Advice]:
    solution = root / "solutions" / f"{exercise}.py"
    if solution.parent.is_dir():
        if not solution.is_file():
            yield Advice(exercise, f"has checks but no solutions/{solution.name}", wrong=True)
        else:
            defined = _definitions(solution)
            for part in parts:
                if part.target not in defined:
                    text = f"{part.id} grades {part.target}, which {solution.name} does not define"
                    yield Advice(exercise, text, wrong=True)
    if not parts:
        return
    if without := [part.id for part in parts if part.id not in all_hints()]:
        yield Advice(exercise, f"no hints for {', '.join(without)} (each needs three paragraphs)")
    if without := [part.id for part in parts if not misconceptions_of(part.id)]:
        yield Advice(exercise, f"no known mistakes for {', '.join(without)}, so none are named")
    if len(without) < len(parts) and not (REFERENCE / f"{exercise}.py").is_file():
        yield Advice(
            exercise,
            "no reference for its known mistakes, so they are named only if solutions/ exists",
        )
    alternatives = root / "tests" / "alternatives"
    if alternatives.is_dir() and not any(alternatives.glob(f"*/{exercise}.py")):
        yield Advice(exercise, "no alternatives: no test shows that other correct code passes")


def _definitions(path: Path) -> set[str]:
    """Return the functions, classes and methods of a file, such as "train" and "Dense.forward".

    This includes methods that a class inherits from another class in the same file.
    """
    classes: dict[str, set[str]] = {}
    found: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            own = {inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)}
            bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
            own |= {name for base in bases for name in classes.get(base, set())}
            classes[node.name] = own
            found |= {node.name} | {f"{node.name}.{name}" for name in own}
    return found
